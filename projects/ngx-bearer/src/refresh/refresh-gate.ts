import { DOCUMENT } from '@angular/common';
import { inject, signal } from '@angular/core';
import { BehaviorSubject, fromEvent, type Observable, of } from 'rxjs';
import { warnIfPermanent } from '../hints/refresh-failure';
import { type Credential, isDue, isSpent } from '../session/credential';
import type { Issue, SessionRecord } from '../session/session-record';
import { CoolDown } from './cool-down';
import { Hold } from './hold';
import type { RefreshLimit } from './refresh-limit';
import { describeFailure, isRefusal, limitReached, type Outcome, type Unavailable } from './refresh-outcome';
import type { RefreshStrategy } from './refresh-strategy';
import { Refresher, type RefreshParts } from './refresher';

const ENDED: Readonly<Outcome> = { kind: 'ended' };

/** Holds requests back while their token is no good, and has it refreshed once for all of them. */
export class RefreshGate {
  readonly #hold = new BehaviorSubject<Hold | null>(null);
  readonly #session: SessionRecord;
  readonly #limit: RefreshLimit;
  readonly #refresher: Refresher;
  readonly #coolDown = new CoolDown();
  readonly #isServer: boolean;
  readonly #strategy: RefreshStrategy;
  #mayRestore: boolean;

  readonly #refreshing = signal(false);

  readonly refreshing = this.#refreshing.asReadonly();

  /** Has to run in an injection context. */
  constructor(parts: RefreshParts) {
    const { session, settings, limit } = parts;
    this.#session = session;
    this.#limit = limit;
    this.#refresher = new Refresher(parts);
    this.#isServer = settings.isServer;
    this.#strategy = settings.refresh;
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
      this.#refreshing.set(hold?.purpose === 'refresh');
    });
  }

  /** Whether a request may go now: null for yes, else what it waits for. Starts a background refresh that is due. */
  admit(issue: Issue, policy: 'hold' | 'send'): Observable<Outcome> | null {
    const hold = this.#current();
    const { credential, epoch } = this.#session;
    if (hold?.purpose === 'read') return hold.wait(issue.order);
    if (issue.epoch !== epoch) return of(ENDED);
    // The browser's clock wrote down when the token expires: on a server the API is asked.
    if (!credential || this.#isServer) return null;
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
    if (this.#isServer) return ENDED;
    const { credential, epoch } = this.#session;
    const failure = this.#coolDown.failure(epoch);
    if (failure) return failure;
    if (credential?.standing === 'refused') return this.#endRefused();
    const { waitMs } = this.#limit;
    if (waitMs > 0) return this.#beUnavailable(limitReached(waitMs));
    const hold = new Hold('refresh', epoch, credential);
    hold.isDemanded = isDemanded;
    this.#hold.next(hold);
    this.#refresh(hold);
    return hold;
  }

  #refresh(hold: Hold): void {
    const end = (outcome: () => Outcome): void => {
      // The other tabs have their turn before any callback of the app runs here.
      hold.work.unsubscribe();
      this.#hold.next(null);
      this.#settle(hold, outcome());
    };
    hold.work.add(
      this.#refresher.refresh(hold).subscribe({
        next: (commit) => {
          end(() => this.#succeed(hold, commit));
        },
        error: (failure: unknown) => {
          end(() => this.#fail(hold, failure));
        },
      }),
    );
  }

  #succeed({ credential, epoch }: Hold, commit: () => void): Outcome {
    this.#coolDown.reset();
    commit();
    return { kind: 'renewed', epoch: credential ? epoch : epoch + 1 };
  }

  #fail(hold: Hold, failure: unknown): Outcome {
    const { credential, epoch } = hold;
    if (credential !== this.#session.credential) return { kind: 'renewed', epoch };
    if (!isRefusal(failure, !credential)) {
      if (ngDevMode) warnIfPermanent(failure, this.#strategy);
      return this.#beUnavailable(describeFailure(failure, credential?.tokens));
    }
    if (!credential) this.#mayRestore = false;
    else if (hold.isNeeded) return this.#endRefused();
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
