import type { Family, Token } from '../../world/tokens.ts';
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
      return (
        endedBy?.tab === page.tab ||
        tellings.some((serial) => serial <= page.knowsUpTo && !isMissed(serial, family, page))
      );
    case 'session':
      return endedBy === page;
    case 'cookie':
      // All that is written is that a tab has signed out. After that another may bring the cookie of a session back.
      return (
        (endedBy === page && endings.has('signed out') && page.grant?.access.family !== family) ||
        page.knowsUpTo > page.grantedFrom
      );
  }
}

/** It was gone from localStorage, and the record stood there again, before the page looked. */
function isMissed(serial: number, family: Family, { found, hidden }: Page): boolean {
  return hidden.has(serial) || (found.family === family && serial <= found.upTo);
}

export function nameOf(token: Token | null): string {
  return token ? nameIn(token.text) : 'nothing';
}
