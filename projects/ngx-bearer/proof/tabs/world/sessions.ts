import type { Family, Grant } from '../../world/tokens.ts';
import type { Setting } from '../program/setting.ts';
import type { Ending, Page, Session } from './facts.ts';
import type { Write } from './local-storage.ts';

/** Every sign-in there was, and what became of it. */
export class Sessions {
  readonly #sessions = new Map<Family, Session>();
  readonly #grants = new Map<unknown, Grant>();

  /** From here on the tokens are known by the name of their access token. */
  know(grant: Grant): void {
    this.#grants.set(nameIn(grant.access.text), grant);
  }

  /** Whose tokens a name means; the JWT has it as its id. */
  named(name: unknown): Grant | null {
    return this.#grants.get(name) ?? null;
  }

  /** Whose tokens are in a record. */
  readonly grantIn = (record: unknown): Grant | null => {
    const text = /"accessToken":"([^"]+)"/.exec(textOf(record))?.[1];
    return text ? this.named(nameIn(text)) : null;
  };

  /** The session of a grant. */
  readonly of = (grant: Grant | null): Session | undefined =>
    grant ? this.get(grant.access.family) : undefined;

  get(family: Family): Session | undefined {
    return this.#sessions.get(family);
  }

  begin(family: Family, page: Page): void {
    this.#sessions.set(family, {
      family,
      page,
      stored: null,
      isLate: false,
      tellings: [],
      endedBy: null,
      endings: new Set(),
      refusedMs: Infinity,
    });
  }

  end(session: Session | undefined, how: Ending, page: Page): void {
    session?.endings.add(how);
    if (session) session.endedBy ??= page;
  }

  /** What may take all sessions away. A sign-out: its tab may have yet to hear of a session. */
  endAny(how: 'swept' | 'cleared'): void {
    for (const { endings } of this.#sessions.values()) endings.add(how);
  }

  /** A page that has written over a sign-out, and is closed before it sees it, brings the session back. */
  forgetUnseen({ tab: { view } }: Page): void {
    for (const session of this.#sessions.values()) {
      const isOver = session.tellings.some((serial) => serial > view.seenUpTo && serial < view.ownUpTo);
      if (!isOver || !session.endings.delete('signed out')) continue;
      session.endings.add('swept');
      session.endedBy = null;
    }
  }

  /** A late answer has set the cookie of a session that was replaced: the next restore continues it. */
  bringBack(grant: Grant): void {
    const session = this.of(grant);
    if (!session?.endings.delete('replaced')) return;
    session.endings.add('swept');
    session.endedBy = null;
    session.tellings.length = 0;
  }

  /** Whether any sign-in has replaced another. */
  get haveReplaced(): boolean {
    return [...this.#sessions.values()].some(
      ({ endings }) => endings.has('replaced') || endings.has('swept'),
    );
  }

  /** The browser was killed: a sign-out that the database does not hold may be lost. */
  loseSignOuts(stored: Grant | null): void {
    const isAlive = (session: Session): boolean =>
      !session.stored || session === this.of(stored) || session.endings.has('cleared');
    for (const session of this.#sessions.values()) {
      if (!isAlive(session) || !session.endings.delete('signed out')) continue;
      session.endings.add('swept');
      session.endedBy = null;
    }
  }

  /** A sign-in ends all sessions before it. Of two at once either may stay: the one before may still have no number. */
  replaceAll(page: Page): void {
    const { hasUnseen, items } = page.tab.view;
    const isAtOnce = hasUnseen || [...items.values()].some((text) => text.includes('"signIn":0'));
    for (const session of this.#sessions.values()) {
      if (isAtOnce) session.endings.add('swept');
      else this.end(session, 'replaced', page);
    }
  }

  /** The database holds a record from here on, in the place of another. */
  store(record: unknown, before: unknown, by: Page): void {
    const grant = this.grantIn(record);
    const session = this.of(grant);
    if (!session) return;
    // Who signed in may have known nothing of it.
    const left = this.of(this.grantIn(before));
    if (left !== session) this.end(left, 'replaced', by);
    if (!session.stored) session.isLate = by !== session.page;
    session.stored = grant;
  }

  /** What a page finds that has heard of nothing: the record of a session that is over may stand there again. */
  foundBy({ tab }: Page): Page['found'] {
    const record = [...tab.view.items.values()].at(0);
    return { family: this.grantIn(record)?.access.family ?? null, upTo: tab.view.seenUpTo };
  }

  /** What a page uses from here on. */
  noticeUse(page: Page, now: Grant | null, storage: Setting['storage']): void {
    if (now?.access.family === page.grant?.access.family) return;
    const { seenUpTo, ownUpTo, hasUnseen } = page.tab.view;
    page.grantedFrom = Math.max(seenUpTo, ownUpTo);
    // Tabs that share a cookie cannot tell which was the later: a sign-out, or a sign-in before they have seen it.
    if (storage === 'cookie' && hasUnseen) this.of(now)?.endings.add('swept');
  }

  /** Who ended a session, writes: whoever is told of it knows. */
  noticeWrite({ serial, value, before, seen, by }: Write, storage: Setting['storage']): void {
    // The record of an ended session is removed, and another tab has signed in unseen: either may stay.
    if (value === null && seen !== before) this.of(this.grantIn(before))?.endings.add('swept');
    for (const session of this.#sessions.values()) {
      const isTold =
        session.endedBy?.tab.view === by && this.grantIn(value)?.access.family !== session.family;
      // With a cookie what is written afterwards tells of the next session.
      if (isTold && (storage !== 'cookie' || session.tellings.length === 0)) session.tellings.push(serial);
    }
  }
}

/** The last part of a JWT is what the model calls it. */
export function nameIn(text: string): string {
  return text.split('.').at(-1) ?? '';
}

/** What a store holds, for people to read. */
export function describeEntry(value: unknown): string {
  const text = textOf(value);
  const token = /"accessToken":"[^"]+\.([^".]+)"/.exec(text)?.[1];
  const isWhole = text.includes('refreshToken');
  return token ? `${token}${isWhole ? ', whole' : ''}` : text;
}

/** localStorage holds text, and the database holds objects. */
function textOf(record: unknown): string {
  return typeof record === 'string' ? record : JSON.stringify(record ?? null);
}
