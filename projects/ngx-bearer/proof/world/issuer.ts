import {
  HttpContextToken,
  type HttpEvent,
  type HttpInterceptorFn,
  type HttpRequest,
} from '@angular/common/http';
import { Observable, of, retry, throwError } from 'rxjs';
import { PLACES } from '../program/places.ts';
import type { Attempt, Call } from './facts.ts';
import { afterSettled } from './reactions.ts';
import type { World } from './world.ts';

/** Which call a request belongs to. */
export const CALL = new HttpContextToken<Call | null>(() => null);

/** Tells sendings of one attempt from those of another; the library has to leave it alone. */
export const STAMP = 'X-Stamp';

/** The attempt that a request, as it reached the server, belongs to. */
export function attemptOf(request: HttpRequest<unknown>, world: World): Attempt | undefined {
  return world.latest.get(request.headers.get(STAMP) ?? '');
}

/** Stands above the library: sees each request as it reaches the library, and what comes back. */
export function issueTo(world: World): HttpInterceptorFn {
  return (request, next) => {
    const call = request.context.get(CALL);
    if (!call) throw new Error('Every request of a program is a call of it.');
    const stamp = String(world.nextSerial());
    const issued = request.clone({ setHeaders: { [STAMP]: stamp } });
    const handled = next(issued);
    const attempts = new Observable<HttpEvent<unknown>>((caller) => {
      const attempt = issue(call, issued, world);
      world.latest.set(stamp, attempt);
      const subscription = handled.subscribe({
        next: (event) => {
          attempt.events.push(event);
          world.see('delivered', { attempt, event });
          caller.next(event);
        },
        error: (failure: unknown) => {
          attempt.failure = failure;
          settle(attempt, world);
          caller.error(failure);
          afterSettled(attempt, world);
        },
        complete: () => {
          settle(attempt, world);
          caller.complete();
          afterSettled(attempt, world);
        },
      });
      world.see('issued', attempt);
      return () => {
        subscription.unsubscribe();
        if (attempt.settlements === 0) leave(attempt, world);
      };
    });
    if (call.step.retry !== 'inside') return attempts;
    // What is ours the library has to keep from being sent when the page is gone; the rest is up to the app.
    const delay = (failure: unknown) =>
      call.page.isDestroyed && !isOurs(call) ? throwError(() => failure) : of(null);
    return attempts.pipe(retry({ count: 1, delay }));
  };
}

/** Whether the library has to do with it at all. */
function isOurs({ step }: Call): boolean {
  return PLACES[step.place].mayHaveToken && step.auth !== 'skip' && step.header === 'none';
}

function issue(call: Call, request: HttpRequest<unknown>, world: World): Attempt {
  const { page } = call;
  world.look();
  const isRequired = isOurs(call) && call.step.auth === 'required';
  if (isRequired && (!world.identity.family || world.identity.isUnread)) page.hasMissedToken = true;
  const attempt: Attempt = {
    serial: world.nextSerial(),
    call,
    page,
    identity: world.identity,
    grant: page.grant,
    request,
    isOurs: isOurs(call),
    mayWait: world.identity.isFirst && !page.grant && !world.shared.isEmpty,
    mayRestore: isRequired && world.setting.strategy === 'cookie' && world.identity.isFirst && !page.grant,
    issuedIn: world.turn,
    issuedMs: world.clock.elapsedMs,
    sendings: [],
    events: [],
    failure: null,
    settlements: 0,
    isCancelled: false,
    applications: 0,
  };
  world.attempts.push(attempt);
  return attempt;
}

function settle(attempt: Attempt, world: World): void {
  attempt.settlements++;
  world.note(() => `       — call ${attempt.call.serial} ${describeEnd(attempt)}`);
  world.see('settled', attempt);
}

function leave(attempt: Attempt, world: World): void {
  attempt.isCancelled = true;
  world.see('cancelled', attempt);
}

function describeEnd({ failure, events }: Attempt): string {
  if (failure === null) return `succeeds (${events.length} events)`;
  const { status, error } = failure as { status?: number; error?: { code?: string } | null };
  return `fails with ${String(status)} ${error?.code ?? ''}`;
}
