import { HttpContext, HttpContextToken, HttpRequest } from '@angular/common/http';
import { PLACES } from '../../program/places.ts';
import type { Ask, Call, Page } from './facts.ts';
import { where } from './network.ts';
import type { World } from './world.ts';

/** Which call a request belongs to. */
export const CALL = new HttpContextToken<Call | null>(() => null);

/** Sends a request through the `HttpClient` of a page. */
export function request(page: Page, world: World): Call {
  world.look(page);
  const call: Call = {
    serial: world.calls.length + 1,
    page,
    family: page.grant?.access.family ?? null,
    mayWait: world.setting.storage === 'cookie' && mayKnow(page),
    sendings: [],
    failure: null,
    settlements: 0,
  };
  world.calls.push(call);
  const settle = (failure: unknown): void => {
    call.failure = failure;
    call.settlements++;
    world.note(() => `       — call ${call.serial} of ${where(page)} ${describe(failure)}`);
    world.see('settled', call);
  };
  const context = new HttpContext().set(CALL, call);
  page.send(new HttpRequest<unknown>('GET', PLACES.api.url, { context })).subscribe({
    error: settle,
    complete: () => {
      settle(null);
    },
  });
  return call;
}

/** Whether a page may know of a session: one is shown, or the page has yet to be told that it is over. */
function mayKnow({ tab: { view } }: Page): boolean {
  return view.items.size > 0 || view.hasUnseen || view.hasUntold;
}

/** Asks the session of a page for new tokens. */
export function force(page: Page, world: World): void {
  const ask: Ask = { page, settlements: 0 };
  world.asks.push(ask);
  const settle = (): void => {
    ask.settlements++;
    world.see('asked', ask);
  };
  page.session.refresh().then(settle, settle);
}

function describe(failure: unknown): string {
  if (failure === null) return 'succeeds';
  const { status, error } = failure as { status?: number; error?: { code?: string } | null };
  return `fails with ${String(status)} ${error?.code ?? ''}`;
}
