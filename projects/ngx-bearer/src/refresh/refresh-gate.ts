import { DOCUMENT } from '@angular/common';
import { EnvironmentInjector, inject, signal } from '@angular/core';
import { BehaviorSubject, catchError, fromEvent, type Observable, of, switchMap, throwError } from 'rxjs';
import type { AuthSettings } from '../auth-config';
import { type Credential, isDue, isSpent } from '../session/credential';
import type { Issue, SessionRecord } from '../session/session-record';
import type { AuthTokens } from '../session/tokens';
import { CoolDown } from './cool-down';
import { Hold } from './hold';
import { describeFailure, isRefusal, limitReached, type Outcome, type Unavailable } from './refresh-outcome';
import { refreshTokens } from './refresh-tokens';

const ENDED: Outcome = { kind: 'ended' };

/** Holds requests back while their token is no good, and has it refreshed once for all of them. */
export class RefreshGate {
  readonly #injector = inject(EnvironmentInjector);
  readonly #hold = new BehaviorSubject<Hold | null>(null);
  readonly #settings: AuthSettings;
  readonly #session: SessionRecord;
  readonly #coolDown = new CoolDown();
  /** When the last refreshes began, in monotonic milliseconds. */
  #begun: number[] = [];
  #mayRestore: boolean;

  readonly refreshing = signal(false);

  /** Has to run in an injection context. */
  constructor(settings: AuthSettings, session: SessionRecord) {
    this.#settings = settings;
    this.#session = session;
    this.#mayRestore = !!settings.refresh.restores && !settings.isServer;
    if (session.isLoading) this.#hold.next(new Hold('read', session.epoch, null));
    session.commits.subscribe({
      next: () => {
        const hold = this.#current();
        if (hold?.purpose !== 'read' || session.isLoading) return;
        this.#release(hold, { kind: 'renewed', epoch: hold.epoch });
      },
      complete: () => {
        this.#hold.complete();
      },
    });
    // A network that comes back ends a cool-down.
    const window = inject(DOCUMENT).defaultView;
    const online = fromEvent(window ?? new EventTarget(), 'online');
    session.lifetime.add(
      online.subscribe(() => {
        this.#coolDown.end();
      }),
    );
    this.#hold.subscribe((hold) => {
      this.refreshing.set(hold?.purpose === 'refresh');
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
    if (!hold && (isUseless || isDue(credential))) this.#start(false);
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
    const joined = this.#current() ?? this.#start(true);
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

  #start(isDemanded: boolean): Hold | Outcome {
    const { credential, epoch } = this.#session;
    const now = performance.now();
    const { count, withinMs } = this.#settings.refreshLimit;
    const failure = this.#coolDown.failure(epoch);
    if (failure) return failure;
    if (credential?.standing === 'refused') return this.#endRefused();
    this.#begun = this.#begun.filter((begun) => now - begun < withinMs);
    const oldest = this.#begun.at(-count);
    if (oldest !== undefined) return this.#beUnavailable(limitReached(oldest + withinMs - now));
    this.#begun.push(now);
    const hold = new Hold('refresh', epoch, credential);
    hold.isDemanded = isDemanded;
    this.#hold.next(hold);
    this.#refresh(hold);
    return hold;
  }

  #refresh(hold: Hold): void {
    const end = (outcome: () => Outcome): void => {
      this.#hold.next(null);
      hold.settle(outcome());
    };
    const answer = refreshTokens(hold, this.#settings, this.#injector).pipe(
      catchError((failure: unknown) => this.#lookElsewhere(hold, failure)),
    );
    hold.work.add(
      answer.subscribe({
        next: (tokens) => {
          end(() => this.#succeed(hold, tokens));
        },
        error: (failure: unknown) => {
          end(() => this.#fail(hold, failure));
        },
      }),
    );
  }

  /** Another tab may have been quicker: a refusal is then about tokens that are no longer current. */
  #lookElsewhere({ credential }: Hold, failure: unknown): Observable<never> {
    const mayBeElsewhere = isRefusal(failure) && credential && this.#settings.crossTab;
    const looked: Observable<unknown> = mayBeElsewhere ? this.#session.follow() : of(null);
    return looked.pipe(switchMap(() => throwError(() => failure)));
  }

  #succeed({ credential, epoch }: Hold, tokens: AuthTokens): Outcome {
    this.#coolDown.reset();
    this.#session.renew(tokens);
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
    const delayMs = this.#coolDown.begin(failure, this.#session.epoch);
    this.#session.emit({
      type: 'refresh-unavailable',
      reason: failure.reason,
      retryAt: Date.now() + delayMs,
    });
    return failure;
  }
}
