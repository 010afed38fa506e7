import { DOCUMENT } from '@angular/common';
import { HttpBackend, HttpClient } from '@angular/common/http';
import { EnvironmentInjector, inject, runInInjectionContext } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import {
  BehaviorSubject,
  catchError,
  defer,
  first,
  fromEvent,
  map,
  type Observable,
  of,
  switchMap,
  throwError,
  timeout,
} from 'rxjs';
import type { AuthSettings } from '../auth-config';
import { type Credential, isDue, isSpent } from '../session/credential';
import type { Issue, SessionRecord } from '../session/session-record';
import { type AuthTokens, readTokens } from '../session/tokens';
import { Hold } from './hold';
import {
  describeFailure,
  isRefusal,
  limitReached,
  type Outcome,
  timedOut,
  type Unavailable,
} from './refresh-outcome';

/** The time after a failure in which the server is left alone. */
interface CoolDown {
  readonly epoch: number;
  /** What callers get meanwhile. */
  readonly failure: Unavailable;
  /** Failures in a row before this one. */
  readonly count: number;
  /** In monotonic milliseconds. */
  until: number;
}

const ENDED: Outcome = { kind: 'ended' };
const FIRST_COOL_DOWN_MS = 1000;
const LONGEST_COOL_DOWN_MS = 30_000;

/** Holds requests back while their token is no good, and has it refreshed once for all of them. */
export class RefreshGate {
  readonly #injector = inject(EnvironmentInjector);
  readonly #hold = new BehaviorSubject<Hold | null>(null);
  readonly #settings: AuthSettings;
  readonly #session: SessionRecord;
  #coolDown: CoolDown | null = null;
  /** When the last refreshes began, in monotonic milliseconds. */
  #begun: number[] = [];
  #mayRestore: boolean;

  readonly refreshing = toSignal(this.#hold.pipe(map((hold) => hold?.purpose === 'refresh')), {
    requireSync: true,
  });

  /** Has to run in an injection context. */
  constructor(settings: AuthSettings, session: SessionRecord) {
    this.#settings = settings;
    this.#session = session;
    this.#mayRestore = !!settings.refresh.restores && !settings.isServer;
    if (session.isLoading) this.#hold.next(new Hold('read', session.epoch, null));
    session.commits.subscribe(() => {
      const hold = this.#current();
      if (hold?.purpose === 'read' && !session.isLoading)
        this.#release(hold, { kind: 'renewed', epoch: hold.epoch });
    });
    // A network that comes back ends a cool-down.
    fromEvent(inject(DOCUMENT).defaultView ?? new EventTarget(), 'online')
      .pipe(takeUntilDestroyed())
      .subscribe(() => {
        if (this.#coolDown) this.#coolDown.until = 0;
      });
  }

  /** Whether a request may go now: null for yes, else what it waits for. Starts a background refresh that is due. */
  admit(issue: Issue, policy: 'hold' | 'send'): Observable<Outcome> | null {
    const hold = this.#current();
    const { credential, epoch } = this.#session;
    if (hold?.purpose === 'read') return hold.wait(issue.order);
    if (issue.epoch !== epoch) return of(ENDED);
    if (!credential) return null;
    const isUseless = isSpent(credential);
    if (isUseless && policy === 'hold') return this.join(issue);
    if (!hold && (isUseless || isDue(credential))) this.#start();
    // A strategy may answer within the call, and end the session.
    return issue.epoch === this.#session.epoch ? null : of(ENDED);
  }

  /** A server rejected a request. Starts a refresh where its token is the current one. */
  reject(issue: Issue, sentWith: Credential | null): Observable<Outcome> {
    if (issue.epoch !== this.#session.epoch) return of(ENDED);
    if (!sentWith) return this.restore(issue);
    if (sentWith !== this.#session.credential) return of({ kind: 'renewed', epoch: issue.epoch });
    if (sentWith.standing === 'good') this.#session.mark('rejected');
    return this.join(issue);
  }

  /** Joins the refresh under way, or starts one. It has begun, or failed to, when this returns. */
  join({ order }: Issue): Observable<Outcome> {
    const joined = this.#current() ?? this.#start();
    if (!(joined instanceof Hold)) return of(joined);
    joined.isDemanded = true;
    return joined.wait(order);
  }

  /** Asks a strategy that `restores`, once, before anybody has signed in or out here. */
  restore(issue: Issue): Observable<Outcome> {
    return this.#mayRestore && this.#session.epoch === 0 ? this.join(issue) : of(ENDED);
  }

  /** The hold of this epoch. A sign-in or sign-out calls off whatever was under way for the session before. */
  #current(): Hold | null {
    const hold = this.#hold.value;
    if (hold && hold.epoch !== this.#session.epoch) this.#release(hold, ENDED);
    return this.#hold.value;
  }

  #release(hold: Hold, outcome: Outcome): void {
    this.#hold.next(null);
    hold.work.unsubscribe();
    hold.settle(outcome);
  }

  #start(): Hold | Outcome {
    const { credential, epoch } = this.#session;
    const now = performance.now();
    const { count, withinMs } = this.#settings.refreshLimit;
    if (this.#coolDown?.epoch === epoch && now < this.#coolDown.until) return this.#coolDown.failure;
    if (credential?.standing === 'refused') return this.#endRefused();
    this.#begun = this.#begun.filter((begun) => now - begun < withinMs);
    const oldest = this.#begun.at(-count);
    if (oldest !== undefined) return this.#beUnavailable(limitReached(oldest + withinMs - now));
    this.#begun.push(now);
    const hold = new Hold('refresh', epoch, credential);
    this.#hold.next(hold);
    this.#refresh(hold);
    return hold;
  }

  #refresh(hold: Hold): void {
    const end = (outcome: () => Outcome): void => {
      this.#hold.next(null);
      hold.settle(outcome());
    };
    hold.work.add(
      this.#ask(hold).subscribe({
        next: (tokens) => {
          end(() => this.#succeed(hold, tokens));
        },
        error: (failure: unknown) => {
          end(() => this.#fail(hold, failure));
        },
      }),
    );
  }

  /** Whatever the strategy does, the answer is one pair of tokens or one error, in time. */
  #ask({ credential, work }: Hold): Observable<AuthTokens> {
    const { refresh, refreshTimeout, crossTab } = this.#settings;
    const abort = new AbortController();
    work.add(() => {
      abort.abort();
    });
    return defer(() => {
      const context = { http: new HttpClient(this.#injector.get(HttpBackend)), signal: abort.signal };
      return runInInjectionContext(this.#injector, () =>
        refresh(credential && { ...credential.tokens }, context),
      );
    }).pipe(
      first(null, null),
      timeout({ first: refreshTimeout, with: () => throwError(() => timedOut(refreshTimeout)) }),
      map(readTokens),
      catchError((failure: unknown) => {
        // Another tab may have been quicker: the refusal is then about tokens that are no longer current.
        const isElsewhere = isRefusal(failure) && credential && crossTab;
        const looked: Observable<unknown> = isElsewhere ? this.#session.follow() : of(null);
        return looked.pipe(switchMap(() => throwError(() => failure)));
      }),
    );
  }

  #succeed({ credential, epoch }: Hold, tokens: AuthTokens): Outcome {
    this.#coolDown = null;
    if (credential) this.#session.renew(tokens);
    else this.#session.begin(tokens);
    return { kind: 'renewed', epoch: credential ? epoch : epoch + 1 };
  }

  #fail({ credential, epoch, isDemanded, work }: Hold, failure: unknown): Outcome {
    work.unsubscribe();
    if (credential !== this.#session.credential) return { kind: 'renewed', epoch };
    if (!isRefusal(failure)) return this.#beUnavailable(describeFailure(failure, credential?.tokens));
    if (!credential) this.#mayRestore = false;
    else if (isDemanded || isSpent(credential)) return this.#endRefused();
    else this.#session.mark('refused');
    return ENDED;
  }

  #endRefused(): Outcome {
    this.#session.end('refused');
    return ENDED;
  }

  #beUnavailable(failure: Unavailable): Outcome {
    const { epoch } = this.#session;
    const count = this.#coolDown?.epoch === epoch ? this.#coolDown.count + 1 : 0;
    const backOffMs =
      Math.min(FIRST_COOL_DOWN_MS * 2 ** count, LONGEST_COOL_DOWN_MS) * (0.8 + 0.4 * Math.random());
    const delayMs = failure.retryAfterMs ?? backOffMs;
    this.#coolDown = { epoch, failure, count, until: performance.now() + delayMs };
    this.#session.emit({
      type: 'refresh-unavailable',
      reason: failure.reason,
      retryAt: Date.now() + delayMs,
    });
    return failure;
  }
}
