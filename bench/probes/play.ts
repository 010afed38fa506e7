import type { Client } from '../adapters/contract.ts';
import { API, type Sent, type Server } from '../world/server.ts';
import { type Lane, nextTurn, openLane } from './lane.ts';

const IDLE_TURNS = 4;
/** More sendings than this of a few requests are a loop. */
const MOST_SENDINGS = 200;

export interface Call {
  /** Null while nothing came back. */
  status: number | null;
  leave: () => void;
}

/** One application and its server, answered step by step. */
export class Play {
  readonly server: Server;
  readonly client: Client;
  readonly lane: Lane;
  #refreshesBefore = 0;

  private constructor(lane: Lane, server: Server, client: Client) {
    this.lane = lane;
    this.server = server;
    this.client = client;
    this.countFromHere();
  }

  static async begin(lane: Lane): Promise<Play> {
    const { server, client } = await openLane(lane);
    server.waits = true;
    return new Play(lane, server, client);
  }

  countFromHere(): void {
    this.#refreshesBefore = this.server.refreshes.length;
  }

  get refreshes(): number {
    return this.server.refreshes.length - this.#refreshesBefore;
  }

  get loops(): boolean {
    return this.server.sendings > MOST_SENDINGS;
  }

  send(url = `${API}/item`): Call {
    const call: Call = { status: null, leave: () => undefined };
    call.leave = this.client.send(url, (status) => (call.status = status), true);
    return call;
  }

  sendMany(count: number): Call[] {
    return Array.from({ length: count }, () => this.send());
  }

  /** Answers what is chosen until nothing moves. */
  async settle(isChosen?: (sent: Sent) => boolean): Promise<void> {
    for (let idle = 0; idle < IDLE_TURNS && !this.loops;) {
      await nextTurn();
      idle = this.server.answerAll(isChosen) > 0 ? 0 : idle + 1;
    }
  }

  /** Whether somebody who signs in now can work, and is healed when that token is rejected. */
  async nextSessionWorks(): Promise<boolean> {
    this.server.onRefresh = 'renew';
    this.server.script = null;
    this.client.signIn(this.server.issue());
    const call = this.send();
    await this.settle();
    return call.status === 200;
  }
}

/** What callers got, in a few words: `1 refresh: 6 ok`. */
export function tell(play: Play, calls: readonly Call[]): string {
  if (play.loops) return 'loops for ever';
  const counts = new Map<string, number>();
  for (const { status } of calls) {
    const end = status === null ? 'hung' : status === 200 ? 'ok' : status === 0 ? 'error' : `got ${status}`;
    counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  const ends = [...counts].map(([end, count]) => `${count} ${end}`).join(', ');
  const refreshes = `${play.refreshes} refresh${play.refreshes === 1 ? '' : 'es'}`;
  return `${refreshes}: ${ends}`;
}

export const isOk = ({ status }: Call) => status === 200;
export const hasFailed = ({ status }: Call) => status !== null && status !== 200;
