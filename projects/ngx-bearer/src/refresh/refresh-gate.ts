import { DOCUMENT } from '@angular/common';
import { inject, signal } from '@angular/core';
import { BehaviorSubject, fromEvent, map, type Observable, of } from 'rxjs';
import { warnIfPermanent } from '../hints/refresh-failure';
import type { Credential } from '../session/credential';
import type { Issue, Session } from '../session/session';
import { CoolDown } from './cool-down';
import { Hold } from './hold';
import { describeFailure, isRefusal, limitReached, type Outcome, type Unavailable } from './refresh-outcome';
import { Refresher, type RefreshParts } from './refresher';

const ENDED: Readonly<Outcome> = { kind: 'ended' };

/** Holds requests back while their token is no good, and has it refreshed once for all of them. */
export class RefreshGate {
  readonly #hold = new BehaviorSubject<Hold | null>(null);
  readonly #session: Session;
  readonly #refresher: Refresher;
  readonly #coolDown = new CoolDown();
  readonly #parts: RefreshParts;
  #mayRestore: boolean;
  #failingRestore: Hold | null = null;
  readonly #refreshing = signal(false);
  readonly refreshing = this.#refreshing.asReadonly();

  /** Has to run in an injection context. */
  constructor(parts: RefreshParts) {
    const { session, settings } = parts;
    this.#parts = parts;
    this.#session = session;
    this.#refresher = new Refresher(parts);
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
    const online = fromEvent(inject(DOCUMENT).defaultView ?? new EventTarget(), 'online');
    session.lifetime.add(
      online.subscribe(() => {
        this.#coolDown.end();
      }),
    );
    this.#hold.subscribe((hold) => {
      this.#refreshing.set(hold?.purpose === 'refresh');
    });
  }

  /** Whether a request may go now: null for yes, else what it waits for. Starts a background refresh that is due. */
  admit(issue: Issue, policy: 'hold' | 'send'): Observable<Outcome> | null {
    const hold = this.#current();
    const { credential, epoch } = this.#session;
    if (hold?.purpose === 'read') return hold.wait(issue.order);
    if (issue.epoch !== epoch) return of(ENDED);
    if (!credential) return this.#awaitRestore(issue);
    // The browser's clock wrote down when the token expires: on a server the API is asked.
    if (this.#parts.settings.isServer) return null;
    const { isExpired, isDue } = this.#session;
    if (isExpired && policy === 'hold') return this.join(issue);
    if (!hold && (isExpired || isDue)) this.#start(false);
    // A strategy may answer within the call, and end the session.
    return issue.epoch === this.#session.epoch ? null : of(ENDED);
  }

  /** A server rejected a request. Starts a refresh where its token is the current one. */
  reject(issue: Issue, sentWith: Credential | null): Observable<Outcome> {
    if (issue.epoch !== this.#session.epoch) return of(ENDED);
    if (!sentWith) return this.restore(issue);
    if (sentWith !== this.#session.credential) return of({ kind: 'renewed', epoch: issue.epoch });
    if (this.#session.standing === 'good') this.#session.mark('rejected');
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
    const mayRestore = this.#mayRestore && this.#session.epoch === 0;
    return mayRestore || this.#isRestorable(issue) ? this.join(issue) : of(ENDED);
  }

  /** Requests wait for a session that is known to exist. Without it they go on as nobody's. */
  #awaitRestore(issue: Issue): Observable<Outcome> | null {
    const failing = this.#failingRestore;
    if (!this.#isRestorable(issue) || (!failing && this.#coolDown.failure(issue.epoch))) return null;
    return (failing ? failing.wait(issue.order) : this.join(issue)).pipe(
      map((outcome) => (outcome.kind === 'renewed' ? outcome : { kind: 'renewed', epoch: issue.epoch })),
    );
  }

  #isRestorable(issue: Issue): boolean {
    return !this.#parts.settings.isServer && !!this.#parts.sync?.isRestorable(issue);
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
    this.#settle(hold, outcome);
  }

  /** The refresh may have been started by code outside of the zone. */
  #settle(hold: Hold, outcome: Outcome): void {
    this.#session.enterZone(() => {
      hold.settle(outcome);
    });
  }

  #start(isDemanded: boolean): Hold | Outcome {
    // New tokens would stay on the server, and the browser would come with spent ones.
    if (this.#parts.settings.isServer) return ENDED;
    const { credential, epoch } = this.#session;
    const failure = this.#coolDown.failure(epoch);
    if (failure) return failure;
    if (credential && this.#session.standing === 'refused') {
      this.#session.end('refused');
      return ENDED;
    }
    const { waitMs } = this.#parts.limit;
    if (waitMs > 0) return this.#beUnavailable(limitReached(waitMs));
    const hold = new Hold('refresh', epoch, credential);
    hold.isDemanded = isDemanded || this.#session.isExpired;
    this.#hold.next(hold);
    this.#refresh(hold);
    return hold;
  }

  #refresh(hold: Hold): void {
    const end = (outcome: () => Outcome): void => {
      // The lock is released before any callback of the application runs.
      hold.work.unsubscribe();
      this.#hold.next(null);
      // A listener may send a request now, and those that wait go before it.
      this.#failingRestore = hold.credential ? null : hold;
      const settled = outcome();
      this.#failingRestore = null;
      this.#settle(hold, settled);
    };
    hold.work.add(
      this.#refresher.refresh(hold).subscribe({
        next: (next) => {
          end(() => this.#succeed(hold, next));
        },
        error: (failure: unknown) => {
          end(() => this.#fail(hold, failure));
        },
      }),
    );
  }

  #succeed({ epoch }: Hold, next: Credential | null): Outcome {
    this.#coolDown.reset();
    if (!next) return { kind: 'renewed', epoch };
    // A restored session is the first of its epoch; requests go on with it.
    const isRestored = !this.#session.credential;
    this.#session.use(next);
    return { kind: 'renewed', epoch: isRestored ? epoch + 1 : epoch };
  }

  #fail(hold: Hold, failure: unknown): Outcome {
    const { credential, epoch } = hold;
    if (credential !== this.#session.credential) return { kind: 'renewed', epoch };
    if (!isRefusal(failure, !credential)) {
      if (ngDevMode) warnIfPermanent(failure, this.#parts.settings.refresh);
      return this.#beUnavailable(describeFailure(failure, hold.presented));
    }
    if (!credential) this.#mayRestore = false;
    else if (hold.isNeeded) this.#session.end('refused');
    else this.#session.mark('refused');
    return ENDED;
  }

  #beUnavailable(failure: Unavailable): Outcome {
    const delayMs = this.#coolDown.begin(failure, this.#session.epoch);
    const { reason } = failure;
    this.#session.emit({ type: 'refresh-unavailable', reason, retryAt: Date.now() + delayMs });
    return failure;
  }
}
