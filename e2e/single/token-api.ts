import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../../tools/ports.ts';
import { bearerOf, type Message, readMessage } from '../tabs/servers/message.ts';

/** A server that takes one access token at a time, `a0` first, and issues the next one at `/token`. */
export class TokenApi {
  /** One line a request: method, path, token. */
  readonly seen: string[] = [];
  readonly #server = createServer((incoming, outgoing) => void this.#answer(incoming, outgoing));
  readonly #letter: string;
  #version = 0;
  #isExpired = false;

  /** `letter` begins its tokens. */
  constructor(letter = 'a') {
    this.#letter = letter;
  }

  async listen(): Promise<this> {
    this.#server.listen(0, LOOPBACK);
    await once(this.#server, 'listening');
    return this;
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

  /** Issues the next token, in the answer to a refresh or a sign-in. */
  protected issue(outgoing: ServerResponse): void {
    this.#version++;
    this.#isExpired = false;
    const tokens = {
      access_token: `${this.#letter}${this.#version}`,
      refresh_token: `r${this.#version}`,
    };
    outgoing.end(JSON.stringify(tokens));
  }

  /** Answers a request that needs no valid token. Returns whether it did. */
  protected answerAnybody(url: string, _message: Message, outgoing: ServerResponse): boolean {
    if (url === '/token') this.issue(outgoing);
    return url === '/token';
  }

  /** Answers a request with a good token. */
  protected answerUser(_url: string, message: Message, outgoing: ServerResponse): void {
    outgoing.end(JSON.stringify({ token: bearerOf(message) }));
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    outgoing.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
    outgoing.setHeader('Access-Control-Allow-Credentials', 'true');
    outgoing.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, Accept');
    outgoing.setHeader('Vary', 'Origin');
    if (method === 'OPTIONS') {
      outgoing.writeHead(204).end();
      return;
    }
    const message = await readMessage(incoming);
    const token = bearerOf(message);
    this.seen.push(`${method} ${url} ${token ?? 'without token'}`);
    if (this.answerAnybody(url, message, outgoing)) return;
    const isGood = !this.#isExpired && token === `${this.#letter}${this.#version}`;
    if (isGood) this.answerUser(url, message, outgoing);
    else outgoing.writeHead(401).end('expired');
  }
}
