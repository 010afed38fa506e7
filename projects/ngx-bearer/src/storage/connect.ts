import type { SessionSync } from '../refresh/session-sync';
import type { Session } from '../session/session';

/** What a storage, or a strategy, of this library needs to keep a session in sync. */
export interface SyncContext {
  readonly session: Session;
  /** Null on a server. */
  readonly window: Window | null;
  /** In milliseconds. */
  readonly refreshTimeout: number;
  /** Of the session, if it has one. It keeps what two sessions store apart. */
  readonly name?: string | undefined;
}

/** A storage, or a strategy, that brings the code to share a session among tabs. */
export interface Connectable {
  /** Null if the page lacks the storage: the session stays in memory then. */
  readonly connect?: (context: SyncContext) => SessionSync | null;
}

/** The prefix of every name that a session takes: of its entry, its database and its lock. */
export function keyFor({ name }: SyncContext, key: string): string {
  return name ? `${key}.${name}` : key;
}
