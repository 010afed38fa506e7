import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen, LOOPBACK } from '../../../tools/ports.ts';
import { readMessage, type Answer, type Message } from './message.ts';

/** A request on its way from a page to the server. */
export interface Passage {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly path: string;
  readonly message: Message;
  readonly outgoing: ServerResponse;
  /** Aborts when the page leaves. */
  readonly left: AbortSignal;
  /** Forwards the request unchanged, and resolves with the answer. */
  readonly respond: () => Promise<Answer>;
}

/** Passes requests on to a server. The subclass decides what happens to each on the way. */
export abstract class ReverseProxy {
  readonly #server = createServer((incoming, outgoing) => void this.#receive(incoming, outgoing));
  readonly #agent: Agent;
  #upstream: URL | null = null;

  protected constructor({ keepAlive }: { readonly keepAlive: boolean }) {
    this.#agent = new Agent({ keepAlive });
  }

  get url(): string {
    return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  connect(upstream: string): void {
    this.#upstream = new URL(upstream);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    this.#agent.destroy();
    await closed;
  }

  /** Answers the request; if this rejects, the connection breaks off. */
  protected abstract carry(passage: Passage): Promise<void>;

  protected async listen(): Promise<void> {
    await listen(this.#server, { variable: 'no variable', port: 0 });
  }

  async #receive(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const { method = 'GET', url = '/' } = incoming;
    try {
      const message = await readMessage(incoming);
      const respond = () => this.#forward(incoming, message);
      const path = url.split('?')[0] ?? '/';
      await this.carry({ method, url, path, message, outgoing, left: gone.signal, respond });
    } catch {
      // The server is down or the page has left: there is nobody to answer.
      outgoing.destroy();
    }
  }

  #forward({ method, url, headers }: IncomingMessage, { body }: Message): Promise<Answer> {
    if (!this.#upstream) throw new Error('The proxy is not connected.');
    const { hostname, port } = this.#upstream;
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
