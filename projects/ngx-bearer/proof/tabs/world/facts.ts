import type { HttpErrorResponse, HttpEvent, HttpRequest } from '@angular/common/http';
import type { AuthEvent, AuthSession } from 'ngx-bearer';
import type { Observable } from 'rxjs';
import type { FakeWindow } from '../../world/platform.ts';
import type { Family, Grant, Token } from '../../world/tokens.ts';
import type { LocalView } from './local-storage.ts';

/** Something a page is about to be told by its platform. */
export interface Task {
  readonly what: string;
  readonly run: () => void;
  readonly sinceMs: number;
}

/** One tab, with one page after the other in it. */
export interface Tab {
  readonly serial: number;
  readonly view: LocalView;
  /** Its sessionStorage. */
  readonly items: Map<string, string>;
}

/** One load of the app in a tab. */
export interface Page {
  readonly tab: Tab;
  readonly window: FakeWindow;
  readonly session: AuthSession;
  readonly send: (request: HttpRequest<unknown>) => Observable<HttpEvent<unknown>>;
  readonly destroy: () => void;
  /** How many listen to its window while nothing goes on. */
  readonly listeners: number;
  /** In order: the next is told first. */
  readonly tasks: Task[];
  state: 'running' | 'asleep' | 'gone';
  /** It sleeps in the back/forward cache. */
  isCached: boolean;
  /** How often it was left or put to sleep. */
  absences: number;
  /** What it uses, as last seen. */
  grant: Grant | null;
  /** The last write of localStorage that it knew when it came to the session that it uses. */
  grantedFrom: number;
  /** Up to which write of localStorage it has been told of what others wrote. */
  toldUpTo: number;
  /** The same, as far as it can be expected to know: what it writes itself at that moment goes first. */
  knowsUpTo: number;
  /** Whose record localStorage showed when it was loaded or came back, and up to which write: it heard of none of them. */
  found: { readonly family: Family | null; readonly upTo: number };
  /** Sign-ins that it was told of when what it wrote itself since had hidden them. */
  readonly hidden: Set<number>;
  /** When a cool-down was last ended early, in monotonic milliseconds. */
  relievedMs: number;
  /** In which turn it was last woken. */
  wokenIn: number;
  /** In which turn its app last signed out. */
  signedOutIn: number;
}

/** What somebody wanted of `HttpClient`. */
export interface Call {
  readonly serial: number;
  readonly page: Page;
  /** Whose session it was issued in; null for nobody's. */
  readonly family: Family | null;
  /** Its page knew of a session that it had no tokens of: it may wait for the restore. */
  readonly mayWait: boolean;
  readonly sendings: Sending[];
  failure: unknown;
  settlements: number;
}

/** A call of `refresh()`. */
export interface Ask {
  readonly page: Page;
  settlements: number;
}

/** One request as it reached the server. */
export interface Sending {
  readonly call: Call;
  readonly page: Page;
  readonly token: Token | null;
  state: 'open' | 'answered' | 'lost';
  /** Its page was told that the token is no good. */
  isRejected: boolean;
  readonly succeed: (body: unknown) => void;
  readonly fail: (failure: HttpErrorResponse) => void;
}

/** How a refresh ended for the page that waited for it. */
export type RefreshEnd = 'tokens' | 'refused' | 'transient' | 'unclear';

/** One refresh as it reached the server. */
export interface Refresh {
  readonly serial: number;
  readonly page: Page;
  readonly presented: Token | null;
  readonly startedMs: number;
  /** How often its page had been away by then. */
  readonly absences: number;
  /** `'called off'`: the page no longer wants the answer. */
  state: 'open' | 'answered' | 'called off';
  /** The server has dealt with it. */
  isJudged: boolean;
  /** It presented a token that had bought tokens, to a server that takes this for a theft. */
  isReuse: boolean;
  end: RefreshEnd | null;
  endedMs: number;
  /** What it brought to the page. */
  brought: Grant | null;
  readonly succeed: (body: unknown) => void;
  readonly fail: (failure: HttpErrorResponse) => void;
}

/**
 * Why a session is over. `'swept'`: a tab signed out that had yet to hear of it. `'cleared'`: the user removed what was
 * stored, and it may be.
 */
export type Ending = 'signed out' | 'replaced' | 'refused' | 'swept' | 'cleared';

/** What became of a session. */
export interface Session {
  readonly family: Family;
  /** The page that signed in. */
  readonly page: Page;
  /** What of it the database last held. */
  stored: Grant | null;
  /** Another page than that put it into the database first. */
  isLate: boolean;
  /** The writes of localStorage that tell of its end: who has been told of one knows. */
  readonly tellings: number[];
  /** Where it was ended. */
  endedBy: Page | null;
  readonly endings: Set<Ending>;
  /** When a page first told that it was refused, in monotonic milliseconds. */
  refusedMs: number;
}

/** Requests of all tabs at once, long after all was quiet, with every access token expired. */
export interface Probe {
  readonly calls: readonly Call[];
  readonly refreshes: readonly Refresh[];
  /** What each page used before, and whether the server would have bought tokens with it. */
  readonly before: readonly {
    readonly page: Page;
    readonly grant: Grant | null;
    readonly isHonoured: boolean;
  }[];
}

/** What may be looked at, and when: an invariant says which of these it wants to see. */
export interface Moments {
  sending: Sending;
  settled: Call;
  asked: Ask;
  refresh: Refresh;
  /** The refresh has its answer. */
  refreshed: Refresh;
  calledOff: Refresh;
  told: { readonly event: AuthEvent; readonly page: Page; readonly before: Grant | null };
  /** A lease of another page is replaced. */
  overtaken: { readonly from: Page; readonly by: Page };
  printed: string;
  left: Page;
  step: null;
  quiet: null;
  probed: Probe;
  signedInAgain: Probe;
  /** All pages are destroyed. */
  end: null;
}
