import type { Subscription } from 'rxjs';
import type { Clock } from '../world/clock.ts';
import { type App, urlOf } from './app.ts';

export const REQUESTS_A_ROUND = 10;
/** Longer than any cool-down, and than the window of the refresh limit. */
const LONG_AFTER_MS = 61_000;

/**
 * Rounds of an app's life, each with a refresh; now and then one fails, or ends the session. Some callers leave, some
 * requests fail for good. Returns how many requests are over.
 */
export function work({ server, session, http }: App, rounds: number, clock: Clock): number {
  let over = 0;
  const request = (serial: number, index: number): Subscription => {
    const url = urlOf(serial, index === 1);
    const answer = index % 2 ? http.post(url, { index }) : http.get(url, { observe: 'events' });
    const call = answer.subscribe({ error: () => undefined });
    call.add(() => over++);
    return call;
  };
  for (let round = 0; round < rounds; round++) {
    if (!session.signedIn()) session.signIn(server.signIn());
    server.expire();
    server.nextRefresh = round % 100 === 50 ? 401 : round % 10 === 5 ? 503 : 200;
    const calls = Array.from({ length: REQUESTS_A_ROUND }, (_, index) =>
      request(round * REQUESTS_A_ROUND + index, index),
    );
    calls[7]?.unsubscribe();
    server.answer();
    // Leaves while it waits for the refresh.
    calls[8]?.unsubscribe();
    server.answer();
    server.answer();
    clock.advance(LONG_AFTER_MS);
  }
  return over;
}

/** An app whose page is left at one of several moments of a refresh. */
export function leave({ server, session, http, destroy }: App, moment: number): void {
  session.signIn(server.signIn());
  server.expire();
  for (let index = 0; index < REQUESTS_A_ROUND; index++) {
    http.get(urlOf(index)).subscribe({ error: () => undefined });
  }
  for (let answers = 0; answers < moment % 4; answers++) server.answer();
  destroy();
  // What is under way is answered all the same.
  server.answer();
}
