import type { AuthEvent } from 'ngx-bearer';
import type { Judge } from '../../invariants/judge.ts';
import type { Library } from '../../library.ts';
import { type Clock, turn } from '../../world/clock.ts';
import { rawTokens } from '../../world/token-response.ts';
import { type Grant, TokenOffice, type User } from '../../world/tokens.ts';
import type { Setting } from '../program/setting.ts';
import { type Change, Database } from './database.ts';
import type { Ask, Call, Moments, Page, Refresh, Sending, Tab } from './facts.ts';
import { LocalStorage, type Write } from './local-storage.ts';
import { Locks } from './locks.ts';
import { where } from './network.ts';
import { openPage } from './page.ts';
import { describeEntry, nameIn, Sessions } from './sessions.ts';

export interface Surroundings {
  readonly library: Library;
  readonly clock: Clock;
  readonly judge: Judge<Moments, World>;
}

/** All there is around the tabs of one origin, and what has been seen of them. */
export class World {
  readonly setting: Setting;
  readonly library: Library;
  readonly clock: Clock;
  readonly judge: Judge<Moments, World>;
  readonly office: TokenOffice;
  readonly database: Database;
  readonly locks: Locks;
  readonly local: LocalStorage;
  /** The pages that are not gone, one a tab. */
  pages: Page[] = [];
  readonly gone: Page[] = [];
  readonly calls: Call[] = [];
  readonly asks: Ask[] = [];
  readonly sendings: Sending[] = [];
  readonly refreshes: Refresh[] = [];
  readonly sessions = new Sessions();
  /** What happened, in words; only kept where somebody will read it. */
  readonly story: string[] | null;
  /** Rises with all that is done to a page. */
  turn = 0;
  #tabs = 0;

  constructor({ library, clock, judge }: Surroundings, setting: Setting, story: string[] | null) {
    this.setting = setting;
    this.library = library;
    this.clock = clock;
    this.judge = judge;
    this.story = story;
    const strategy = setting.storage === 'cookie' ? 'cookie' : 'grant';
    this.office = new TokenOffice({ ...setting, strategy, tokens: 'jwt' });
    const schedule = this.schedule.bind(this);
    this.database = new Database(schedule, (change) => {
      this.#noticeEntry(change);
    });
    this.locks = new Locks(schedule);
    this.local = new LocalStorage(clock, (write) => {
      this.#noticeWrite(write);
    });
    clock.isAsleep = (owner) => owner !== null && (owner as Page).state !== 'running';
  }

  note(line: () => string): void {
    this.story?.push(line());
  }

  see<M extends keyof Moments>(moment: M, subject: Moments[M]): void {
    this.judge.see(moment, subject, this);
  }

  get running(): Page[] {
    return this.pages.filter(({ state }) => state === 'running');
  }

  /** Opens a tab; a copy of another has its sessionStorage. */
  open(copied?: Tab): Page {
    const tab = { serial: this.#tabs++, view: this.local.open(), items: new Map(copied?.items) };
    return this.load(tab);
  }

  /** Loads the app in a tab. */
  load(tab: Tab): Page {
    tab.view.forgetUntold();
    const page = openPage(tab, this);
    this.pages = [...this.pages, page].sort((left, right) => left.tab.serial - right.tab.serial);
    this.look(page);
    return page;
  }

  /** Does something in a page, and lets all that follows from it at once go ahead. */
  async enter(page: Page, action: () => void): Promise<void> {
    if (page.state !== 'running') return;
    this.turn++;
    this.clock.owner = page;
    try {
      action();
    } catch (fault) {
      this.clock.faults.push(fault);
    }
    await this.settle();
  }

  async settle(): Promise<void> {
    await turn();
    for (const page of this.pages) {
      this.look(page);
      const isWriting = page.tasks.length > 0 || this.database.isUsedBy(page);
      if (!isWriting) page.knowsUpTo = page.toldUpTo;
    }
    this.see('step', null);
  }

  schedule(page: Page, what: string, run: () => void): void {
    if (page.state !== 'gone') page.tasks.push({ what, run, sinceMs: this.clock.elapsedMs });
  }

  /** Tells a page something: at once, or when it wakes. */
  tell(page: Page, what: string, run: () => void): void {
    this.note(() => `       ← ${what}${page.state === 'running' ? '' : `, but its page is ${page.state}`}`);
    if (page.state === 'running') run();
    else this.schedule(page, what, run);
  }

  /** A server has given tokens. */
  know(grant: Grant): void {
    grant.receivedMs = this.clock.wallMs;
    this.sessions.know(grant);
  }

  /** Notices what a page uses now. */
  look(page: Page): void {
    const now = page.state === 'gone' ? null : this.sessions.named(page.session.claims()?.['jti']);
    this.sessions.noticeUse(page, now, this.setting.storage);
    if (now !== page.grant) {
      this.note(() => `       — ${where(page)} uses ${now ? nameIn(now.access.text) : 'no session'}`);
    }
    page.grant = now;
  }

  hear(event: AuthEvent, page: Page): void {
    if (page.state === 'gone') return;
    const before = page.grant;
    const reason = 'reason' in event ? ` (${event.reason})` : '';
    this.note(() => `       — ${where(page)} tells ${event.type}${reason}, ${event.origin}`);
    this.look(page);
    const session = this.sessions.of(before);
    this.see('told', { event, page, before });
    if (session && event.type === 'signed-out' && event.reason === 'refused') {
      session.refusedMs = Math.min(session.refusedMs, this.clock.elapsedMs);
      this.sessions.end(session, 'refused', page);
    }
  }

  signIn(page: Page, user: User): void {
    const grant = this.office.signIn(user);
    const { family } = grant.access;
    this.know(grant);
    page.relievedMs = this.clock.elapsedMs;
    // Of two sign-ins at once the last to reach the store stays.
    const left = this.sessions.of(page.grant);
    if (left?.stored || this.setting.storage !== 'local') this.sessions.end(left, 'replaced', page);
    else left?.endings.add('swept');
    if (this.setting.storage === 'cookie') this.sessions.replaceAll(page);
    this.sessions.begin(family, page);
    page.session.signIn(rawTokens(grant));
  }

  signOut(page: Page): void {
    this.office.cookie = null;
    page.signedOutIn = this.turn;
    this.sessions.end(this.sessions.of(page.grant), 'signed out', page);
    this.sessions.endAny('swept');
    page.session.signOut();
  }

  #noticeWrite(write: Write): void {
    this.note(() => {
      const tab = this.pages.find((page) => page.tab.view === write.by)?.tab.serial ?? '?';
      return `       — tab ${tab} writes ${describeEntry(write.value)} into localStorage`;
    });
    this.sessions.noticeWrite(write, this.setting.storage);
  }

  /** What the record in the database holds; null for none. */
  get stored(): Grant | null {
    return this.sessions.grantIn(this.database.entries.get('session'));
  }

  #noticeEntry({ key, value, before, by, owner }: Change): void {
    this.note(
      () =>
        `       — ${where(by)} puts ${describeEntry(value)} at ${key.split('.', 2).join('.')} in the database`,
    );
    if (key === 'session') this.sessions.store(value, before, by);
    const isTaken = key.startsWith('refresh.') && value && before;
    if (isTaken && owner && owner !== by) this.see('overtaken', { from: owner, by });
  }
}
