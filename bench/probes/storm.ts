import { API } from '../world/server.ts';
import { type Lane, nextTurn, openLane, type Opened } from './lane.ts';

/** Turns of the event loop in which nothing moves, before a call counts as hung. */
const IDLE_TURNS = 20;
const LONGEST_STORM_MS = 60_000;

export interface StormEnd {
  readonly microsecondsEach: number;
  readonly refreshes: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly hung: number;
}

/** So many requests at once with a token that has just been revoked, until all is quiet. */
export async function storm(lane: Lane, size: number): Promise<StormEnd> {
  const opened = await openLane(lane);
  opened.server.waits = true;
  const end = await weather(opened, size);
  opened.client.close();
  return end;
}

export async function weather({ server, client }: Opened, size: number): Promise<StormEnd> {
  let succeeded = 0;
  let failed = 0;
  server.expire();
  const refreshesBefore = server.refreshes.length;
  const begun = performance.now();
  let lastMoved = begun;
  for (let index = 0; index < size; index++) {
    client.send(`${API}/item`, (status) => {
      if (status === 200) succeeded += 1;
      else failed += 1;
    });
  }
  for (let idle = 0; idle < IDLE_TURNS && lastMoved - begun < LONGEST_STORM_MS;) {
    const answered = server.answerAll();
    if (answered > 0) lastMoved = performance.now();
    idle = answered > 0 ? 0 : idle + 1;
    if (succeeded + failed >= size) break;
    if (answered === 0 || server.waiting.length === 0) await nextTurn();
  }
  const microsecondsEach = ((performance.now() - begun) / size) * 1000;
  const refreshes = server.refreshes.length - refreshesBefore;
  return { microsecondsEach, refreshes, succeeded, failed, hung: size - succeeded - failed };
}

/** Bytes that each of `repeats` storms leaves on the heap of one application, at least. */
export async function heapKeptByStorms(lane: Lane, size: number, repeats: number): Promise<number> {
  const opened = await openLane(lane);
  opened.server.waits = true;
  await weather(opened, size);
  const heap = [await settledHeap()];
  for (let round = 0; round < repeats; round++) {
    await weather(opened, size);
    heap.push(await settledHeap());
  }
  opened.client.close();
  // What a leak keeps it keeps every time; what the compiler keeps varies.
  return Math.min(...heap.slice(1).map((bytes, index) => bytes - (heap[index] ?? 0)));
}

async function settledHeap(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    await nextTurn();
    collect();
  }
  const { memory } = performance as { memory?: { usedJSHeapSize: number } };
  return memory ? memory.usedJSHeapSize : process.memoryUsage().heapUsed;
}

function collect(): void {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error('The garbage collector has to be exposed.');
  gc();
}
