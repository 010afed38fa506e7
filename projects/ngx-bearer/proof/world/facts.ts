import type { HttpErrorResponse, HttpEvent, HttpRequest } from '@angular/common/http';
import type { AuthEvent, AuthSession } from 'ngx-bearer';
import type { Observable } from 'rxjs';
import type { RequestStep } from '../program/step.ts';
import type { Proved } from './nonces.ts';
import type { Family, Grant, Token } from './tokens.ts';

/** Who is signed in on a page; another one from every sign-in, sign-out and change of user on. */
export interface Identity {
  /** Null for nobody. */
  family: Family | null;
  /** A store still has to say whose session this is, if anybody's. */
  isUnread: boolean;
  /** Tokens for it are on their way to the page, which is about to take them. */
  isArriving: boolean;
  /** The first of its page, before any sign-in or sign-out: what a cookie may restore. */
  readonly isFirst: boolean;
  /** The identity that a refresh made of this one by bringing tokens of somebody, unasked. */
  becomes: Identity | null;
  /** How often the page told that it is over. */
  farewells: number;
  /** The page ended it unasked. */
  isEndedByPage: boolean;
  /** What the session used when it was over. */
  last: Grant | null;
  /** A server has refused the refresh token that it used then. */
  isRefused: boolean;
}

/** One load of the app. */
export interface Page {
  readonly serial: number;
  readonly session: AuthSession;
  readonly send: (request: HttpRequest<unknown>) => Observable<HttpEvent<unknown>>;
  readonly leave: () => void;
  readonly window: EventTarget;
  readonly listeners: () => number;
  /** The store held something else than the page before had wanted it to hold, or could not be read. */
  readonly isStale: boolean;
  readonly openedMs: number;
  isDestroyed: boolean;
  /** What the session uses now. */
  grant: Grant | null;
  /** A request without a token was rejected, or somebody asked for a token, with nobody signed in. */
  hasMissedToken: boolean;
  /** When refreshes began, in monotonic milliseconds. */
  readonly refreshStarts: number[];
  /** When a cool-down was last ended early, in monotonic milliseconds. */
  relievedMs: number;
}

/** What somebody wanted of `HttpClient`. */
export interface Call {
  readonly serial: number;
  readonly step: RequestStep;
  readonly page: Page;
  /** What the caller may change after the request has left. */
  readonly body: unknown;
  readonly failures: unknown[];
  completions: number;
  isCancelled: boolean;
  /** It has done what it does after its answer. */
  hasReacted: boolean;
  cancel: () => void;
}

/** One subscription that reached the library: a call has one for each retry. */
export interface Attempt {
  readonly serial: number;
  readonly call: Call;
  readonly page: Page;
  readonly identity: Identity;
  /** As it reached the library. */
  readonly request: HttpRequest<unknown>;
  /** Whether the library has to do with it at all. */
  readonly isOurs: boolean;
  /** localStorage said that there is a session, and a cookie may restore it: the request waits for that. */
  readonly mayWait: boolean;
  /** It is not sent without a token, and a cookie may restore the session: the request asks for that, and waits. */
  readonly mayRestore: boolean;
  /** What the session used when it was issued. */
  readonly grant: Grant | null;
  readonly issuedIn: number;
  readonly issuedMs: number;
  readonly sendings: Sending[];
  readonly events: HttpEvent<unknown>[];
  failure: unknown;
  settlements: number;
  isCancelled: boolean;
  /** How often the server did what it asks. */
  applications: number;
}

/** One request as it reached the server. */
export interface Sending {
  readonly attempt: Attempt;
  readonly request: HttpRequest<unknown>;
  readonly page: Page;
  readonly token: Token | null;
  /** What the session used then. */
  readonly grant: Grant | null;
  readonly identity: Identity;
  readonly sentIn: number;
  answeredIn: number;
  readonly bodyText: string;
  readonly events: HttpEvent<unknown>[];
  /** The XSRF cookie at that moment. */
  readonly xsrf: string;
  state: 'open' | 'hung' | 'answered' | 'cancelled';
  answer: HttpErrorResponse | null;
  isRejection: boolean;
  /** What the session used when it was rejected. */
  rejectedUnder: Grant | null;
  readonly tell: (event: HttpEvent<unknown>) => void;
  readonly succeed: (event: HttpEvent<unknown>) => void;
  readonly fail: (failure: HttpErrorResponse) => void;
}

/** How a refresh ended for the page that waited for it. */
export type RefreshEnd = 'tokens' | 'refused' | 'transient' | 'unclear';

/** One refresh as it reached the server. */
export interface Refresh {
  readonly serial: number;
  readonly page: Page;
  readonly identity: Identity;
  readonly presented: Token | null;
  /** What the session used then. */
  readonly grant: Grant | null;
  readonly startedMs: number;
  /** How many refreshes had failed in a row before it. */
  readonly failuresBefore: number;
  state: 'open' | 'hung' | 'answering' | 'answered' | 'called off';
  end: RefreshEnd | null;
  endedMs: number;
  retryAfterMs: number | null;
  /** The strategy threw within its call. */
  isThrown: boolean;
  /** What it brought to the page. */
  brought: Grant | null;
  readonly succeed: (body: unknown) => void;
  readonly fail: (failure: Error | HttpErrorResponse) => void;
  /** Ends without a value. */
  readonly complete: () => void;
  /** Runs when the page hears the answer. */
  conclude: () => void;
}

/** A call of `accessToken()` or `refresh()`. */
export interface Ask {
  readonly for: 'token' | 'refresh';
  readonly page: Page;
  readonly identity: Identity;
  readonly askedIn: number;
  settlements: number;
  failure: unknown;
  token: string | null;
}

/** A request sent long after, with every access token expired. */
export interface Probe {
  readonly attempt: Attempt;
  /** Whether the server would honour what the session could buy tokens with; null for no session. */
  readonly isHonoured: boolean | null;
}

/** What may be looked at, and when: an invariant says which of these it wants to see. */
export interface Moments {
  /** A request was issued, and has done all that it does in the same turn. */
  issued: Attempt;
  sending: Sending;
  /** A request came with a proof. */
  proved: Proved;
  /** An event is delivered to whoever subscribed. */
  delivered: { readonly attempt: Attempt; readonly event: HttpEvent<unknown> };
  settled: Attempt;
  cancelled: Attempt;
  refresh: Refresh;
  /** The refresh has its answer. */
  refreshed: Refresh;
  calledOff: Refresh;
  asked: Ask;
  told: { readonly event: AuthEvent; readonly page: Page };
  printed: string;
  /** The store is to hold this. */
  stored: string | null;
  step: null;
  end: null;
  destroyed: Page;
  quiet: null;
  /** A request that should go through, long after all is quiet, with every access token expired. */
  probed: Probe;
  /** The same after a new sign-in. */
  signedInAgain: Probe;
}
