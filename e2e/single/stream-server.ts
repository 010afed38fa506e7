import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../../tools/ports.ts';
import { bearerOf, jsonOf, readMessage } from '../tabs/servers/message.ts';

const EVENTS_A_STREAM = 2;

/** A server that takes one access token at a time, and whose streams end after a few events. */
export class StreamServer {
  readonly #server = createServer((incoming, outgoing) => void this.#answer(incoming, outgoing));
  /** One line a request: method, path, token. */
  readonly seen: string[] = [];
  #version = 0;
  #isExpired = false;
  #events = 0;

  static async open(): Promise<StreamServer> {
    const server = new StreamServer();
    server.#server.listen(0, LOOPBACK);
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Takes no access token before the next refresh. */
  expire(): void {
    this.#isExpired = true;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '' } = incoming;
    outgoing.setHeader('Access-Control-Allow-Origin', '*');
    outgoing.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, Accept');
    if (method === 'OPTIONS') {
      outgoing.writeHead(204).end();
      return;
    }
    const message = await readMessage(incoming);
    const token = bearerOf(message);
    this.seen.push(`${method} ${url} ${token ?? 'without token'}`);
    if (url === '/token') this.#refresh(outgoing);
    else if (this.#isExpired || token !== `a${this.#version}`) outgoing.writeHead(401).end('expired');
    else if (url === '/events') this.#stream(outgoing);
    else outgoing.end(JSON.stringify({ ordered: jsonOf(message)['item'] }));
  }

  #refresh(outgoing: ServerResponse): void {
    this.#version++;
    this.#isExpired = false;
    const tokens = { access_token: `a${this.#version}`, refresh_token: `r${this.#version}` };
    outgoing.end(JSON.stringify(tokens));
  }

  /** The token expires while the stream is open. */
  #stream(outgoing: ServerResponse): void {
    outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (let index = 0; index < EVENTS_A_STREAM; index++) outgoing.write(`data: event ${++this.#events}\n\n`);
    this.expire();
    outgoing.end();
  }
}
