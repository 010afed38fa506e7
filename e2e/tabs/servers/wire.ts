import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen, LOOPBACK } from '../../../tools/ports.ts';
import { Checkpoint, Rendezvous } from './checkpoint.ts';
import { bearerOf, issuedBy, jsonOf, readMessage, spentBy, type Message } from './message.ts';
import { LEFT, WireLog } from './wire-log.ts';

/** Where a refresh can be stopped, and behind the answer, where it can only be seen. */
export type StopPoint = 'sent' | 'answered' | 'delivered';

interface Answer extends Message {
  readonly status: number;
}

const REFRESH_PATHS: readonly string[] = ['/token', '/oauth/token', '/auth', '/cookie/refresh'];
const RESOURCE = '/me';
const NOBODY_LEAVES = new AbortController().signal;
const LONGEST_RENDEZVOUS_MS = 3000;

/** The line between the tabs and a server: passes everything on unchanged, remembers it, and stops it on demand. */
export class Wire {
  readonly log = new WireLog();
  readonly #server: Server;
  readonly #upstream: URL;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #stops = new Map<StopPoint, Checkpoint>();
  #rendezvous: Rendezvous | null = null;

  private constructor(upstream: string) {
    this.#upstream = new URL(upstream);
    this.#server = createServer((incoming, outgoing) => void this.#carry(incoming, outgoing));
  }

  static async open(upstream: string): Promise<Wire> {
    const wire = new Wire(upstream);
    await listen(wire.#server, { variable: 'no variable', port: 0 });
    return wire;
  }

  get url(): string {
    return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next refresh stops there. */
  stopAt(point: StopPoint): Checkpoint {
    const stop = new Checkpoint();
    this.#stops.set(point, stop);
    return stop;
  }

  /** The next calls reach the server together, so that they are rejected together. */
  meet(count: number): Rendezvous {
    this.#rendezvous = new Rendezvous(count, LONGEST_RENDEZVOUS_MS);
    return this.#rendezvous;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    this.#agent.destroy();
    await closed;
  }

  async #carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const path = incoming.url?.split('?')[0] ?? '/';
    const message = await readMessage(incoming);
    const isPreflight = incoming.method === 'OPTIONS';
    const respond = () => this.#ask(incoming, message);
    const isRefresh = !isPreflight && REFRESH_PATHS.includes(path);
    const isCall = !isPreflight && path === RESOURCE;
    const passage = { message, outgoing, respond, left: gone.signal };
    try {
      if (isRefresh) await this.#refresh(passage);
      else if (isCall) await this.#call(passage);
      else await this.#pass(passage, path);
    } catch {
      // The server or the tab is gone: there is nobody to answer.
      outgoing.destroy();
    }
  }

  async #refresh({ message, outgoing, respond, left }: Passage): Promise<void> {
    const entry = this.log.refresh(spentBy(message));
    await this.#stops.get('sent')?.pass(left);
    if (left.aborted) {
      this.log.answerRefresh(entry, LEFT, []);
      return;
    }
    const answer = await respond();
    this.log.answerRefresh(entry, answer.status, answer.status === 200 ? issuedBy(answer) : []);
    await this.#stops.get('answered')?.pass(left);
    if (outgoing.destroyed) return;
    await deliver(answer, outgoing);
    entry.isDelivered = true;
    await this.#stops.get('delivered')?.pass(NOBODY_LEAVES);
  }

  async #call({ message, outgoing, respond, left }: Passage): Promise<void> {
    const rendezvous = this.#rendezvous;
    if (rendezvous && !rendezvous.isComplete) await rendezvous.join();
    const entry = this.log.call(bearerOf(message));
    const answer = await respond();
    entry.status = answer.status;
    if (!left.aborted) await deliver(answer, outgoing);
  }

  async #pass({ message, outgoing, respond }: Passage, path: string): Promise<void> {
    const answer = await respond();
    if (path === '/login') this.log.signIn(String(jsonOf(message)['username']), issuedBy(answer));
    await deliver(answer, outgoing);
  }

  #ask({ method, url, headers }: IncomingMessage, { body }: Message): Promise<Answer> {
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

interface Passage {
  readonly message: Message;
  readonly outgoing: ServerResponse;
  readonly respond: () => Promise<Answer>;
  readonly left: AbortSignal;
}

function deliver({ status, headers, body }: Answer, outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    outgoing.writeHead(status, headers).end(body, resolve);
  });
}
