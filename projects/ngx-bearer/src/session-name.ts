import type { SessionSync } from './refresh/session-sync';
import type { SyncContext } from './tabs/connect';

/** What a storage, or a strategy, needs to keep a session in sync, and the name of that session. */
export interface NamedContext extends SyncContext {
  readonly name?: string | undefined;
}

/** A storage, or a strategy, that takes other names for each session. */
export interface NamedConnectable {
  readonly connect?: (context: NamedContext) => SessionSync | null;
}

/** A prefix of the names that a session takes, which tells it from the others. */
export function prefixFor(name: string | undefined, prefix: string): string {
  return name ? `${prefix}.${name}` : prefix;
}
