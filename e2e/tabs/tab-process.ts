import { readdir, readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { untilTrue } from '../stage/eventually.ts';

/** The thread of a worker, as Firefox and WebKit call it. */
const WORKER_THREAD = /^(DOM Worker|WebCore: Worker)/;

const search = { last: Promise.resolve(0) };

/** The process of a page, on Linux: the one that gets a thread more when the page starts a worker. One page at a time. */
export function processOf(page: Page): Promise<number> {
  const found = search.last.then(() => find(page));
  search.last = found.catch(() => 0);
  return found;
}

/** Resolves when there is no such process any more. */
export async function untilGone(pid: number): Promise<void> {
  await until(async () => ((await threadsOf(String(pid))).length === 0 ? pid : undefined));
}

/** The process that was started with this word. */
export async function processWith(word: string): Promise<number> {
  for (const pid of await processes()) {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (words.split('\0').includes(word)) return Number(pid);
  }
  throw new Error(`No process was started with ${word}.`);
}

async function find(page: Page): Promise<number> {
  const before = await workers();
  await page.evaluate(startWorker);
  return until(async () => {
    const after = await workers();
    return [...after.keys()].find((pid) => (after.get(pid) ?? 0) > (before.get(pid) ?? 0));
  });
}

// The page runs this as text, so that it must stand alone. The worker is held, and waits, so that it stays.
function startWorker(): void {
  const script = new Blob(['setInterval(() => undefined, 60_000)']);
  Object.assign(window, { worker: new Worker(URL.createObjectURL(script)) });
}

async function until(look: () => Promise<number | undefined>): Promise<number> {
  const found = await untilTrue(look, (pid) => pid !== undefined);
  if (found !== undefined) return found;
  throw new Error('The process of a page is not to be seen.');
}

/** How many workers each process has. */
async function workers(): Promise<ReadonlyMap<number, number>> {
  const counts = (await processes()).map(async (pid) => {
    const names = await threadsOf(pid);
    return [Number(pid), names.filter((name) => WORKER_THREAD.test(name)).length] as const;
  });
  return new Map(await Promise.all(counts));
}

async function processes(): Promise<string[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
}

async function threadsOf(pid: string): Promise<string[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const names = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/comm`, 'utf8').catch(() => ''));
  return (await Promise.all(names)).filter(Boolean);
}
