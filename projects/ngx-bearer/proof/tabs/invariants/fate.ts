import type { Token } from '../../world/tokens.ts';
import type { Page, Refresh, Session } from '../world/facts.ts';
import { nameIn } from '../world/sessions.ts';
import type { World } from '../world/world.ts';

/** Whether the page of a refresh has been there all the time since: nobody had to go on without it. */
export function hasStayed({ page, absences }: Refresh): boolean {
  return page.state !== 'gone' && page.absences === absences;
}

/** Whether a page has been told that a session is over, or has ended it itself. */
export function knowsOfEnd(page: Page, session: Session, { setting }: World): boolean {
  const { family, tellings, endedBy, endings } = session;
  switch (setting.storage) {
    case 'local':
      // A page that was loaded since found nothing: of which session that is the end, it cannot know.
      return (
        endedBy === page ||
        tellings.some(
          (serial) => serial > page.found.upTo && serial <= page.knowsUpTo && !page.hidden.has(serial),
        )
      );
    case 'session':
      return endedBy === page;
    case 'cookie':
      // A late answer may bring the cookie of a session back after its sign-out.
      return (
        (endedBy === page && endings.has('signed out') && page.grant?.access.family !== family) ||
        (endedBy !== page && tellings.some((serial) => serial > page.grantedFrom && serial <= page.knowsUpTo))
      );
  }
}

export function nameOf(token: Token | null): string {
  return token ? nameIn(token.text) : 'nothing';
}
