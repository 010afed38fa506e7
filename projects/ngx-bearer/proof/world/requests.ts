import { HttpContext, HttpParams, HttpRequest } from '@angular/common/http';
import { of, retry, throwError } from 'rxjs';
import { PLACES } from '../program/places.ts';
import type { RequestStep } from '../program/step.ts';
import type { Call } from './facts.ts';
import { CALL } from './issuer.ts';
import type { World } from './world.ts';

/** Sends a request through the page's `HttpClient`. */
export function request(step: RequestStep, world: World): Call | null {
  const { page, library } = world;
  if (page.isDestroyed) return null;
  const call: Call = {
    serial: world.calls.length + 1,
    step,
    page,
    body: makeBody(step),
    failures: [],
    completions: 0,
    isCancelled: false,
    hasReacted: false,
    cancel: () => undefined,
  };
  world.calls.push(call);
  const context = new HttpContext().set(CALL, call).set(library.AUTH, step.auth);
  const source = page.send(toHttpRequest(call, context));
  // An app that is gone sends nothing again.
  const delay = (failure: unknown) => (page.isDestroyed ? throwError(() => failure) : of(null));
  const tried = step.retry === 'above' ? source.pipe(retry({ count: 1, delay })) : source;
  const subscription = tried.subscribe({
    error: (failure: unknown) => {
      call.failures.push(failure);
    },
    complete: () => {
      call.completions++;
    },
  });
  call.cancel = () => {
    subscription.unsubscribe();
  };
  return call;
}

/** A call still waits for its end. */
export function isWaiting(call: Call): boolean {
  return !call.isCancelled && call.failures.length === 0 && call.completions === 0;
}

export function cancel(call: Call, world: World): void {
  world.note(() => `       — call ${call.serial} is cancelled`);
  call.isCancelled = true;
  call.cancel();
}

export function cancelAll(world: World): void {
  for (const call of world.calls) if (isWaiting(call)) cancel(call, world);
}

function toHttpRequest({ step, body }: Call, context: HttpContext): HttpRequest<unknown> {
  const { method, place, observe, header } = step;
  const plain = new HttpRequest<unknown>(method, PLACES[place].url, body, {
    context,
    reportProgress: observe === 'events',
  });
  return header === 'own' ? plain.clone({ setHeaders: { Authorization: 'Basic b3du' } }) : plain;
}

function makeBody({ method, body }: RequestStep): unknown {
  if (method === 'GET') return null;
  switch (body) {
    case 'none':
      return null;
    case 'object':
      return { item: 'tea', count: 2, tags: ['a', 'b'] };
    case 'text':
      return 'tea=2';
    case 'form':
      return new HttpParams({ fromObject: { tea: '2' } });
    case 'search':
      return new URLSearchParams({ tea: '2' });
  }
}

/** Changes what the caller has given as a body, where that can be changed. */
export function changeBody({ body }: Call): void {
  if (body instanceof URLSearchParams) body.append('milk', '1');
  else if (body instanceof HttpParams) body.append('milk', '1');
  else if (typeof body === 'object' && body !== null) Object.assign(body, { count: 99, milk: true });
}

/** The bodies of the model are texts, objects that become texts, or none. */
export function textOf(request: HttpRequest<unknown>): string {
  const body = request.serializeBody();
  if (typeof body === 'string' || body instanceof URLSearchParams) return body.toString();
  return Object.prototype.toString.call(body);
}
