import type { Client, Storage } from '../adapters/contract.ts';
import { API } from '../world/server.ts';
import { type Lane, openLane, type Opened } from './lane.ts';

const PER_BATCH = 500;
const REPEATED_URLS = 50;
const FEWEST_BATCHES = 12;
const OK = { status: 200, body: 1 };

/** How the requests of a lane are made. */
export interface Way {
  /** Origins in the list of where the token may go; the API is the last. */
  readonly allowCount: number;
  readonly storage: Storage;
  /** Whether requests go to the same fifty URLs, or each to one never seen before. */
  readonly urls: 'repeated' | 'new';
}

export interface CostPlan {
  readonly ways: readonly Way[];
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** Nanoseconds a request with a ready token takes, a figure a batch; batches of the lanes take turns. */
export async function measureCost(lanes: readonly Lane[], plan: CostPlan): Promise<number[][]> {
  const racers = await Promise.all(lanes.map((lane, index) => openRacer(lane, plan.ways[index])));
  const figures: number[][] = lanes.map(() => []);
  const begun = performance.now();
  for (let batches = 0; ;) {
    const spentMs = performance.now() - begun - plan.warmUpMs;
    if (spentMs > plan.measureMs && batches >= FEWEST_BATCHES) break;
    const turn: number[] = [];
    for (const { client, nextUrls } of racers) turn.push(await timeBatch(client, nextUrls()));
    if (spentMs < 0) continue;
    batches += 1;
    for (const [index, nanoseconds] of turn.entries()) figures[index]?.push(nanoseconds);
  }
  for (const [index, lane] of lanes.entries()) checkAttached(lane, racers[index]);
  for (const { client } of racers) client.close();
  return figures;
}

async function openRacer(lane: Lane, way: Way | undefined) {
  if (!way) throw new Error('A lane has no way.');
  const opened = await openLane(lane, { allow: originsUpToApi(way.allowCount), storage: way.storage });
  opened.server.script = () => OK;
  let sent = 0;
  const nextUrls = () =>
    Array.from({ length: PER_BATCH }, () => {
      const number = way.urls === 'new' ? sent++ : sent++ % REPEATED_URLS;
      return `${API}/item/${number}`;
    });
  return { ...opened, nextUrls };
}

/** Origins of which the API is the last, so that a list is read to its end. */
function originsUpToApi(count: number): string[] {
  return [...Array.from({ length: count - 1 }, (_, index) => `https://service-${index}.example.com`), API];
}

async function timeBatch(client: Client, urls: readonly string[]): Promise<number> {
  let answered = 0;
  const begun = performance.now();
  const allAnswered = new Promise<void>((resolve) => {
    const count = (status: number) => {
      if (status !== 200) throw new Error(`A request with a ready token ended with ${status}.`);
      answered += 1;
      if (answered === urls.length) resolve();
    };
    for (const url of urls) client.send(url, count);
  });
  if (answered < urls.length) await allAnswered;
  return ((performance.now() - begun) / urls.length) * 1_000_000;
}

/** Nobody is measured while doing nothing. */
function checkAttached({ adapter }: Lane, opened: Opened | undefined): void {
  const isAttached = opened?.server.last?.authorization != null;
  if (isAttached !== adapter.about.can.includes('attach')) {
    throw new Error(`${adapter.about.name} attached ${isAttached ? 'a' : 'no'} token.`);
  }
}
