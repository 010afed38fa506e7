import type { ChromiumLaboratory } from '../samples/in-chromium.ts';
import type { Laboratory } from '../samples/in-node.ts';
import type { Entrant } from './entrants.ts';

/** How much is measured. */
export interface Extent {
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly costSamples: number;
  readonly variantSamples: number;
  readonly chromiumSamples: number;
  readonly stormSamples: number;
  readonly chromiumStormSamples: number;
  /** Who goes through the largest storm beside ours and the smallest gate in Node. */
  readonly largestStorm: { readonly everybodyInNode: boolean; readonly inChromium: boolean };
}

export const QUICK: Extent = {
  warmUpMs: 200,
  measureMs: 300,
  costSamples: 3,
  variantSamples: 1,
  chromiumSamples: 1,
  stormSamples: 1,
  chromiumStormSamples: 1,
  largestStorm: { everybodyInNode: false, inChromium: false },
};

export const FULL: Extent = {
  warmUpMs: 400,
  measureMs: 700,
  costSamples: 12,
  variantSamples: 5,
  chromiumSamples: 5,
  stormSamples: 4,
  chromiumStormSamples: 3,
  largestStorm: { everybodyInNode: true, inChromium: true },
};

/** One run of the bench. */
export interface Run {
  readonly extent: Extent;
  readonly node: Laboratory;
  readonly chromium: ChromiumLaboratory;
  readonly entrants: readonly Entrant[];
  /** What could not be measured, and why. */
  readonly troubles: string[];
  /** Tells how far it is. */
  say(what: string): void;
}

/** Null where it fails: one entrant in trouble must not end the run of the others. */
export async function attempt<T>(run: Run, what: string, measure: () => Promise<T>): Promise<T | null> {
  try {
    return await measure();
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error)
      .trim()
      .split('\n\n');
    run.troubles.push(`${what}: ${reason}`);
    return null;
  }
}

/** In each round another is first, so that none always runs on a machine that is cool, or hot. */
export function rotate<T>(all: readonly T[], round: number): T[] {
  const start = all.length === 0 ? 0 : round % all.length;
  return [...all.slice(start), ...all.slice(0, start)];
}
