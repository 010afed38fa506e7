import { filter, finalize, map, merge, type Observable, of, race, Subject, timer } from 'rxjs';
import type { SessionSync } from '../refresh/session-sync';
import type { Credential } from '../session/credential';
import type { Session } from '../session/session';
import type { AuthTokens } from '../session/tokens';
import { ignoreErrors } from './attempt';
import { pageResumed } from './page-resumed';
import type { Exclusive } from './place';
import { endOf, isNewer, newest, NOTHING, type SharedState } from './shared-state';
import { STORAGE_LAG_MS, type WebStorage } from './web-storage';

/** What a session in a cookie needs to be shared. */
interface CookieParts {
  readonly session: Session;
  readonly window: Window;
  readonly storage: WebStorage;
  readonly exclusive: Exclusive | null;
}

const MOST_RESTATED = 3;

/** Begins the id of a session that was restored without a record of it. */
const RESTORED = '*';

/**
 * Keeps tabs in step that share a session by its cookie: each has an access token of its own, in memory. localStorage
 * says that a session exists, and holds no token; its removal is a sign-out.
 */
export class CookieSync implements SessionSync {
  readonly #parts: CookieParts;
  readonly #progress = new Subject<void>();
  /** The session that all tabs share. */
  #shared = NOTHING;
  /** Sessions that have ended: another tab may write late, and knows nothing of it. */
  readonly #ended = new Set<string>();
  /** What this page calls the session that it has tokens of. */
  #own = '';
  /** The shared session that the last refresh or restore began with, and what it brought. */
  #refresh: { readonly shared: string; readonly isShared: boolean; credential?: Credential } = {
    shared: '',
    isShared: false,
  };
  #isRestoring = false;
  #epoch = 0;
  /** How often since the last sign-in, sign-out or refresh of this tab. */
  #restated = 0;

  constructor(parts: CookieParts) {
    this.#parts = parts;
    const { session, window, storage } = parts;
    const { lifetime } = session;
    lifetime.add(
      merge(storage.changes, pageResumed(window).pipe(map(() => null)), of(null)).subscribe((change) => {
        this.#follow(change);
      }),
    );
    lifetime.add(
      session.commits.subscribe((cause) => {
        this.#epoch = session.epoch;
        if (cause === 'this-tab' && !lifetime.closed) {
          this.#restated = 0;
          this.#save();
        }
      }),
    );
  }

  get isRestorable(): boolean {
    return (
      this.#epoch === this.#parts.session.epoch && !this.#shared.ended && !this.#parts.session.credential
    );
  }

  acquire(credential: Credential | null): Observable<AuthTokens | null> {
    const { session, exclusive } = this.#parts;
    const task = (): Observable<AuthTokens | null> => {
      this.#refresh = { shared: this.#shared.id, isShared: !this.#shared.ended };
      return of(credential && credential.tokens);
    };
    const overtaken = session.commits.pipe(
      filter(() => credential !== session.credential),
      map(() => null),
    );
    this.#isRestoring = !credential;
    // Tabs that share a cookie refresh one at a time, whatever the session of each.
    return race(exclusive ? exclusive('', task, this.#progress) : task(), overtaken).pipe(
      finalize(() => {
        this.#isRestoring = false;
      }),
    );
  }

  replace(_: Credential | null, next: Credential): Observable<boolean> {
    const { storage } = this.#parts;
    // Another tab has signed in or out meanwhile: these tokens may be of the session before.
    const shown = storage.see();
    if (this.#refresh.isShared && (shown.ended || shown.id !== this.#refresh.shared)) {
      this.#follow(shown);
      return of(false);
    }
    this.#refresh.credential = next;
    return of(true);
  }

  endRefused(refused: Credential | null, mayEnd: boolean): Observable<unknown> {
    if (refused && !mayEnd) return of(null);
    const { shared } = this.#refresh;
    if (shared !== this.#shared.id) return of(null);
    this.#ended.add(shared);
    this.#shared = endOf(this.#shared);
    this.#restate();
    return of(null);
  }

  /** What localStorage shows counts, unless another tab wrote it that knew less. Null: nothing was heard meanwhile. */
  #follow(change: SharedState | null): void {
    const { session, storage } = this.#parts;
    const before = this.#shared;
    if (change?.ended && change.id) this.#ended.add(change.id);
    const shown = storage.see();
    const seen = change && !shown.ended ? newest(shown, change) : shown;
    const isStale =
      this.#ended.has(seen.id) || (change && !before.ended && !seen.ended && isNewer(before, seen));
    if (!isStale) this.#shared = seen;
    // A session that was restored without a record is one with whatever session ends.
    const isRestored = before.id.startsWith(RESTORED);
    const isSignOut = change?.ended && change.id && (isRestored || change.id === before.id);
    if (before.id && (isSignOut || seen.ended)) this.#ended.add(before.id);
    if (this.#ended.has(this.#shared.id)) this.#shared = endOf(this.#shared);
    if (isStale) this.#restate();
    const shared = this.#shared;
    const isLogin = shared.id !== before.id && !shared.id.startsWith(RESTORED);
    const isOver = !before.ended && (shared.ended || isLogin);
    const isAffected = session.credential ?? (shared.ended && this.#isRestoring);
    if (isOver && isAffected) session.end('other-tab');
    this.#progress.next();
  }

  #save(): void {
    const { session, storage } = this.#parts;
    const { credential } = session;
    const shown = storage.see();
    if (!credential) {
      // Another tab may have signed in, and this page has yet to hear of it.
      const isOther = this.#own && shown.id !== this.#shared.id && !shown.ended;
      this.#own = '';
      if (!isOther) this.#end();
      return;
    }
    const isRefreshed = credential.id === this.#own;
    this.#own = credential.id;
    if (isRefreshed && shown.ended) {
      this.#follow(shown);
      return;
    }
    const isByCookie = credential === this.#refresh.credential;
    const isKnown = !shown.ended && !this.#ended.has(shown.id);
    if (isByCookie && isKnown) this.#show({ ...shown, version: shown.version + 1 });
    else {
      const id = isByCookie ? RESTORED + credential.id : credential.id;
      const signIn = Math.max(shown.signIn, this.#shared.signIn) + 1;
      this.#show({ signIn, id, version: 1, ended: false });
    }
  }

  /** Shows again what this page knows. Another tab may have signed in, and localStorage shows it late: a record is removed later. */
  #restate(): void {
    this.#restated++;
    if (this.#restated > MOST_RESTATED) {
      // Two tabs that each know better would go on for ever.
      this.#shared = this.#parts.storage.see();
      return;
    }
    if (!this.#shared.ended) {
      this.#show(this.#shared);
      return;
    }
    const { session, storage } = this.#parts;
    session.lifetime.add(
      timer(STORAGE_LAG_MS).subscribe(() => {
        if (this.#ended.has(storage.see().id)) this.#show(this.#shared);
      }),
    );
  }

  #end(): void {
    if (this.#shared.id) this.#ended.add(this.#shared.id);
    this.#show(endOf(this.#shared));
  }

  #show(state: SharedState): void {
    const { storage } = this.#parts;
    this.#shared = state;
    ignoreErrors(() => storage.write(state));
    storage.announce();
  }
}
