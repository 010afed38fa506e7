import { FORMAT } from '../credential';

/** What is looked at in a record. An id begins with the time of its sign-in: the greater is the later. */
export interface Stamp {
  readonly id: string;
  readonly version: number;
  /** The session is over: no record of it comes back. */
  readonly isOver?: boolean;
  /** A copy without the refresh token: the database has the whole. One of a format to come counts as such. */
  readonly isMirror?: boolean;
}

/** Whatever is there: it may not be ours, nor JSON. */
export function stampOf(record: string | null): Stamp {
  try {
    const found = JSON.parse(record ?? '') as Partial<Stamp> & { readonly format?: number };
    return { id: '', version: 0, ...found, isMirror: found.isMirror ?? Number(found.format) > FORMAT };
  } catch {
    return { id: '', version: 0 };
  }
}

/** The later sign-in; of one session its end, then the greater version, then what the database has already. */
export function isNewer(one: string | null, other: string | null): boolean {
  const [left, right] = [stampOf(one), stampOf(other)];
  return left.id === right.id ? rankOf(left) > rankOf(right) : left.id > right.id;
}

/** Whether it is the same credential, whole or mirrored. */
export function isSame(one: string | null, other: string): boolean {
  const [left, right] = [stampOf(one), stampOf(other)];
  return left.id === right.id && left.version === right.version && !left.isOver;
}

/** The record, unless its session is over. */
export function living(record: string | null): string | null {
  return stampOf(record).isOver ? null : record;
}

/** The record that says that a session is over. */
export function endOf(id: string): string {
  return JSON.stringify({ id, version: 0, isOver: true });
}

function rankOf({ version, isOver, isMirror }: Stamp): number {
  return 2 * (isOver ? 1e12 : version) + (isMirror ? 1 : 0);
}
