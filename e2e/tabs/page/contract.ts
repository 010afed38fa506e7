import type { AuthErrorCode, AuthEvent } from 'ngx-bearer';
import type { StorageName } from '../../storage-option.ts';

declare global {
  interface Window {
    tab: Tab;
    /** Another application in this window, with the same storage. Set by `openSecond`. */
    second: Tab;
    openSecond(): Promise<void>;
  }
}

/** How the page is asked to refresh: `none` and `reread` are what applications write by hand. */
export const STRATEGIES = ['none', 'reread', 'ours'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** What the page of this folder is told in its address. */
export interface TabPlan {
  readonly strategy: Strategy;
  readonly protocol: 'exchange' | 'oauth' | 'cookie';
  /** The path that refreshes. */
  readonly endpoint: string;
  readonly storage: StorageName;
  readonly refreshTimeoutMs: number;
}

/** What a test can ask a tab for: `window.tab`. */
export interface Tab {
  signIn(username: string): Promise<void>;
  signOut(): void;
  /** Asks the API who calls. */
  call(): Promise<CallEnd>;
  signedIn(): boolean;
  /** The access token in use; for a test to compare, never to show. */
  accessToken(): Promise<string | null>;
  events(): readonly Occurrence[];
  /** Keeps refreshes from being sent, where the strategy of the application would already run. */
  holdRefreshes(isHeld: boolean): void;
  /** How many refreshes wait to be sent. */
  heldRefreshes(): number;
}

/** What became of a call, as its caller saw it. */
export interface CallEnd {
  readonly status: number;
  /** Whom the server took the caller for. */
  readonly username: string | null;
  /** The code of the `AuthError`, where there is one. */
  readonly code: AuthErrorCode | null;
}

/** An event of the session, and when it was heard in epoch milliseconds. */
export type Occurrence = AuthEvent & { readonly at: number };
