import type { Timeline } from './timeline';

/** What a glance at the timeline counts. */
export interface Tally {
  readonly requests: number;
  readonly rejections: number;
  readonly refreshes: number;
  /** Refreshes that another tab made, and this one waited for. */
  readonly adoptions: number;
  readonly replays: number;
  readonly failed: number;
}

/** One figure of the headline and the kind of thing it counts, which gives it its colour. */
export interface HeadlinePart {
  readonly kind: keyof Tally;
  readonly text: string;
}

export function tallyOf({ lanes, refreshes }: Timeline): Tally {
  const states = lanes.flatMap(({ steps }) => steps.map(({ state }) => state));
  const count = (wanted: string) => states.filter((state) => state === wanted).length;
  return {
    requests: lanes.length,
    rejections: count('rejected'),
    refreshes: refreshes.filter(({ state }) => state !== 'adopted').length,
    adoptions: refreshes.filter(({ state }) => state === 'adopted').length,
    replays: count('replayed'),
    failed: count('failed'),
  };
}

/** `6 requests · 6 rejections · 1 refresh · 6 replays`, in parts; what other tabs did, and failures, only when there are any. */
export function headlineParts(tally: Tally): readonly HeadlinePart[] {
  const parts: readonly HeadlinePart[] = [
    { kind: 'requests', text: counted(tally.requests, 'request', 'requests') },
    { kind: 'rejections', text: counted(tally.rejections, 'rejection', 'rejections') },
    { kind: 'refreshes', text: counted(tally.refreshes, 'refresh', 'refreshes') },
    { kind: 'adoptions', text: `${tally.adoptions} adopted` },
    { kind: 'replays', text: counted(tally.replays, 'replay', 'replays') },
    { kind: 'failed', text: `${tally.failed} failed` },
  ];
  return parts.filter(({ kind }) => (kind !== 'failed' && kind !== 'adoptions') || tally[kind] > 0);
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
