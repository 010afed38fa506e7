import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen, LOOPBACK } from '../../tools/ports.ts';
import { Checkpoint } from '../tabs/servers/checkpoint.ts';
import { bearerOf, readMessage, type Message } from '../tabs/servers/message.ts';

/** A request and its answer. */
export interface Exchange {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly request: Message;
  /** Null until the server has answered; stays null if it is down. */
  answer: Answer | null;
  /** When it had answered, in milliseconds of this process. */
  answeredAt: number;
}

export interface Answer extends Message {
  readonly status: number;
}

type Filter = (exchange: Exchange, url: string) => boolean;

/** A reverse proxy between the page and a server: records everything, and holds messages back. */
export class Wire {
  readonly exchanges: Exchange[] = [];
  readonly #server = createServer((incoming, outgoing) => void this.#carry(incoming, outgoing));
  readonly #agent = new Agent({ keepAlive: false });
  #upstream: URL | null = null;
  #requestStop: { readonly matches: Filter; readonly checkpoint: Checkpoint } | null = null;
  #answerStop: { readonly matches: Filter; readonly checkpoint: Checkpoint } | null = null;

  static async open(): Promise<Wire> {
    const wire = new Wire();
    await listen(wire.#server, { variable: 'no variable', port: 0 });
    return wire;
  }

  get url(): string {
    return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  connect(upstream: string): void {
    this.#upstream = new URL(upstream);
  }

  /** All that requests of the record sent. */
  get accessTokens(): string[] {
    return [...new Set(this.exchanges.flatMap(({ request: sent }) => bearerOf(sent) ?? []))];
  }

  /** The record begins anew. */
  forget(): void {
    this.exchanges.length = 0;
  }

  /** Holds the next matching request back. */
  holdRequest(matches: Filter): Checkpoint {
    const checkpoint = new Checkpoint();
    this.#requestStop = { matches, checkpoint };
    return checkpoint;
  }

  /** Holds the next answer to a matching request back. */
  holdAnswer(matches: Filter): Checkpoint {
    const checkpoint = new Checkpoint();
    this.#answerStop = { matches, checkpoint };
    return checkpoint;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    this.#agent.destroy();
    await closed;
  }

  async #carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const left = new AbortController();
    outgoing.once('close', () => left.abort());
    const { method = 'GET', url = '/' } = incoming;
    try {
      const message = await readMessage(incoming);
      const exchange: Exchange = {
        method,
        path: url.split('?')[0] ?? '/',
        request: message,
        answer: null,
        answeredAt: Infinity,
      };
      if (method !== 'OPTIONS') this.exchanges.push(exchange);
      if (this.#requestStop?.matches(exchange, url)) await this.#requestStop.checkpoint.pass(left.signal);
      const answer = await this.#ask(incoming, message);
      exchange.answer = answer;
      exchange.answeredAt = performance.now();
      if (this.#answerStop?.matches(exchange, url)) await this.#answerStop.checkpoint.pass(left.signal);
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    } catch {
      // The server is down or the page has left: the connection breaks off.
      outgoing.destroy();
    }
  }

  #ask({ method, url, headers }: IncomingMessage, { body }: Message): Promise<Answer> {
    const upstream = this.#upstream;
    if (!upstream) throw new Error('The wire is not connected.');
    const { hostname, port } = upstream;
    const target = { hostname, port, path: url, method, headers, agent: this.#agent };
    return new Promise((resolve, reject) => {
      const asked = request(target, (answer) => {
        readMessage(answer).then(
          (read) => resolve({ ...read, status: answer.statusCode ?? 502 }),
          (error: unknown) => reject(error as Error),
        );
      });
      asked.once('error', reject);
      asked.end(body);
    });
  }
}
