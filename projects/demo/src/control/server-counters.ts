/** What the server itself has seen. */
export interface Counters {
  readonly requests: number;
  readonly rejections: number;
  readonly refreshes: number;
  readonly applications: number;
}

export const noCounters: Counters = { requests: 0, rejections: 0, refreshes: 0, applications: 0 };

/** The counters in one message of the control stream; null if it holds none. */
export function readCounters(message: string): Counters | null {
  const told: unknown = JSON.parse(message);
  if (typeof told !== 'object' || told === null) return null;
  const figures: Partial<Record<keyof Counters, unknown>> = told;
  const { requests, rejections, refreshes, applications } = figures;
  if (!isCount(requests) || !isCount(rejections) || !isCount(refreshes) || !isCount(applications))
    return null;
  return { requests, rejections, refreshes, applications };
}

export function difference(now: Counters, before: Counters): Counters {
  return {
    requests: now.requests - before.requests,
    rejections: now.rejections - before.rejections,
    refreshes: now.refreshes - before.refreshes,
    applications: now.applications - before.applications,
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number';
}
