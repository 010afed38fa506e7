import type { AuthErrorCode, AuthEvent } from 'ngx-bearer';

declare global {
  interface Window {
    caller: Caller;
  }
}

/** What a test can ask the page of this folder for: `window.caller`. */
export interface Caller {
  signIn(username: string): Promise<void>;
  /** Issues all of them in one turn and waits until each has ended. */
  send(calls: readonly Call[]): Promise<readonly CallEnd[]>;
  signedIn(): boolean;
  events(): readonly AuthEvent[];
}

export interface Call {
  readonly method: 'GET' | 'POST';
  /** A path at the API, or a whole address. */
  readonly to: string;
  readonly body?: CallBody;
  readonly auth?: 'auto' | 'skip' | 'required';
  /** @default 'json' */
  readonly answer?: 'json' | 'text';
}

export type CallBody =
  | { readonly kind: 'json'; readonly value: unknown }
  /** So many bytes that no compression would shorten, as they are or as a file in a form. */
  | { readonly kind: 'bytes' | 'form'; readonly size: number };

/** What became of a call, as its caller saw it. */
export interface CallEnd {
  readonly status: number;
  readonly body: unknown;
  /** The code of the `AuthError`, where there is one. */
  readonly code: AuthErrorCode | null;
  /** Of the bytes that the caller handed over. */
  readonly sha256: string | null;
  /** The kinds of `HttpEvent` that the caller received, in order. */
  readonly received: readonly string[];
}
