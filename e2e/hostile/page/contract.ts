import type { AuthConfig, AuthErrorCode, AuthEvent } from 'ngx-bearer';
import type { StorageName } from '../../storage-option.ts';

declare global {
  interface Window {
    guest: Guest;
    /** Everything that other tabs, frames and workers were told; recorded before the first script. */
    told?: string[];
    /** APIs that this Chromium had, and that were deleted before the first script. */
    deleted?: readonly string[];
  }
}

export const BACKENDS = ['fetch', 'xhr'] as const;
export type Backend = (typeof BACKENDS)[number];

export const STRATEGIES = ['exchange', 'json', 'form', 'cookie'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** What the page of this folder is told in its address. */
export interface GuestPlan extends Pick<AuthConfig, 'headerName' | 'refreshTimeout'> {
  readonly backend: Backend;
  readonly allow: readonly string[];
  readonly storage: StorageName;
  readonly strategy: Strategy;
  /** Where it refreshes. */
  readonly refreshUrl: string;
}

/** What a test can ask the page for: `window.guest`. */
export interface Guest {
  /** The code of the error where the answer was unusable. */
  signIn(answer: unknown): AuthErrorCode | null;
  signOut(): void;
  signedIn(): boolean;
  events(): readonly AuthEvent[];
  send(call: GuestCall): Promise<GuestEnd>;
  /** Sends nothing to the API: refreshes, and asks for a token, both to the end. */
  forceRefresh(): Promise<AuthErrorCode | null>;
  /** URLs by where they lie, for the rule that is the origin and the rule that is its `/v1`. */
  corpus(): Corpus;
  /** What breaks the Content Security Policy, by directive. */
  violations(): readonly string[];
  /** The places where somebody could see this text who may not see a token. */
  placesThatShow(text: string): Promise<readonly string[]>;
  /** Gives an error to whoever looks at all errors; for the test of the search itself. */
  keepError(error: unknown): void;
}

export interface GuestCall {
  readonly url: string;
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST';
}

/** What became of a call, as its caller saw it. */
export interface GuestEnd {
  readonly status: number;
  readonly code: AuthErrorCode | null;
}

export interface Corpus {
  readonly origin: Places;
  readonly path: Places;
  /** Each with its rule, which is a path. */
  readonly own: readonly (readonly [rule: string, url: string, isInside: boolean])[];
}

interface Places {
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}
