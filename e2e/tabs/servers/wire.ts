import type { ServerResponse } from 'node:http';
import { Checkpoint, Rendezvous } from './checkpoint.ts';
import { bearerOf, issuedBy, jsonOf, spentBy, type Answer } from './message.ts';
import { ReverseProxy, type Passage } from './reverse-proxy.ts';
import { LEFT, WireLog } from './wire-log.ts';

/** Where a refresh can be stopped, and behind the answer, where it can only be seen. */
export type StopPoint = 'sent' | 'answered' | 'delivered';

const REFRESH_PATHS: readonly string[] = ['/token', '/oauth/token', '/auth', '/cookie/refresh'];
const RESOURCE = '/me';
const NOBODY_LEAVES = new AbortController().signal;
const LONGEST_RENDEZVOUS_MS = 3000;

/** The line between the tabs and a server: passes everything on unchanged, remembers it, and stops it on demand. */
export class Wire extends ReverseProxy {
  readonly log = new WireLog();
  readonly #stops = new Map<StopPoint, Checkpoint>();
  #rendezvous: Rendezvous | null = null;

  static async open(upstream: string): Promise<Wire> {
    const wire = new Wire({ keepAlive: true });
    wire.connect(upstream);
    await wire.listen();
    return wire;
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

  protected carry(passage: Passage): Promise<void> {
    const isPreflight = passage.method === 'OPTIONS';
    if (!isPreflight && REFRESH_PATHS.includes(passage.path)) return this.#refresh(passage);
    if (!isPreflight && passage.path === RESOURCE) return this.#call(passage);
    return this.#pass(passage);
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

  async #pass({ path, message, outgoing, respond }: Passage): Promise<void> {
    const answer = await respond();
    if (path === '/login') this.log.signIn(String(jsonOf(message)['username']), issuedBy(answer));
    await deliver(answer, outgoing);
  }
}

function deliver({ status, headers, body }: Answer, outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    outgoing.writeHead(status, headers).end(body, resolve);
  });
}
