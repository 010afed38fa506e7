import type { Program } from './program.ts';
import { type Setting, SETTINGS } from './setting.ts';
import type { Step } from './step.ts';

/** Nothing goes ahead by itself. */
export const SLOW = { pace: 'when told' } as const;
/** Nor does a tab see what another writes. */
export const LATE = { pace: 'when told', news: 'when told' } as const;

/** A program under the simplest setting but for what is said. */
export function program(unusual: Partial<Setting>, steps: readonly Step[]): Program {
  const simplest = Object.fromEntries(Object.entries(SETTINGS).map(([name, values]) => [name, values[0]]));
  return { setting: { ...simplest, ...unusual } as Setting, steps };
}
