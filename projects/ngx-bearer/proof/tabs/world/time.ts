import { turn } from '../../world/clock.ts';
import type { Page } from './facts.ts';
import { goAhead, tellNext } from './pages.ts';
import type { World } from './world.ts';

/** Longer than that no database, no lock and no localStorage keeps a page that is awake waiting. */
const LATENCY_MS = 200;

/** Lets time pass, and on the way all that falls due: timers, and what the platform cannot put off any longer. */
export async function pass(ms: number, world: World): Promise<void> {
  const { clock } = world;
  const endMs = clock.elapsedMs + ms;
  for (;;) {
    const late = mostLate(world);
    const lateMs = late ? Math.max(late.dueMs, clock.elapsedMs) : Infinity;
    if (clock.fireNext(Math.min(endMs, lateMs))) {
      await turn();
      await world.settle();
    } else if (late && lateMs <= endMs) {
      clock.advance(lateMs - clock.elapsedMs);
      await late.act();
    } else break;
  }
  clock.advance(endMs - clock.elapsedMs);
}

interface Late {
  readonly dueMs: number;
  readonly act: () => Promise<unknown>;
}

function mostLate(world: World): Late | null {
  let first: Late | null = null;
  for (const page of world.running) {
    for (const late of latesOf(page, world)) if (late.dueMs < (first?.dueMs ?? Infinity)) first = late;
  }
  return first;
}

function latesOf(page: Page, world: World): Late[] {
  const [task] = page.tasks;
  const sinceMs = page.tab.view.oldestMs;
  return [
    ...(task ? [{ dueMs: task.sinceMs + LATENCY_MS, act: () => goAhead(page, world) }] : []),
    ...(sinceMs === null ? [] : [{ dueMs: sinceMs + LATENCY_MS, act: () => tellNext(page, world) }]),
  ];
}
