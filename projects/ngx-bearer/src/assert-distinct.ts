import { DOCUMENT } from '@angular/common';
import { inject } from '@angular/core';
import type { AuthSettings } from './auth-config';
import { AuthError } from './auth-errors';
import { readPlace } from './request/token-scope';

/**
 * Checks that each session of an injector has a name of its own, at most one none, and no string rule of another. For
 * development only. Has to run in an injection context.
 *
 * @throws AuthError `bad-config`
 */
export function assertDistinct(sessions: readonly AuthSettings[]): void {
  const ownOrigin = (inject(DOCUMENT) as Partial<Document>).location?.origin ?? '';
  sessions.forEach((session, index) => {
    for (const other of sessions.slice(0, index)) assertDifferent(session, other, ownOrigin);
  });
}

function assertDifferent(session: AuthSettings, other: AuthSettings, ownOrigin: string): void {
  const { name } = session;
  if (name === other.name) {
    throw new AuthError(
      'bad-config',
      name === undefined
        ? "this injector has 2 sessions: give all but one a 'name', or call provideAuth again only in the providers of a lazy route."
        : `this injector has 2 sessions named '${name}': give each a name of its own.`,
    );
  }
  const places = placesOf(other, ownOrigin);
  const shared = placesOf(session, ownOrigin).find((place) => places.includes(place));
  if (shared === undefined) return;
  throw new AuthError(
    'bad-config',
    `'allow' of ${titleOf(session)} and of ${titleOf(other)} both hold '${shared}': name a URL in one of them, or a longer path in one.`,
  );
}

function placesOf({ allow, allowInsecure }: AuthSettings, ownOrigin: string): string[] {
  return allow.flatMap((rule) => {
    if (typeof rule !== 'string') return [];
    const { origin, path } = readPlace(rule, allowInsecure);
    return [(origin ?? ownOrigin) + path];
  });
}

function titleOf({ name }: AuthSettings): string {
  return name === undefined ? 'the session without a name' : `the session '${name}'`;
}
