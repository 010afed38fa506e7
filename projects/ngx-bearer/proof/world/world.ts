import type { AuthEvent } from 'ngx-bearer';
import type { Judge, Moment } from '../invariants/judge.ts';
import type { Library } from '../library.ts';
import type { Setting } from '../program/setting.ts';
import type { Manner, RefreshAnswer } from '../program/step.ts';
import type { Clock } from './clock.ts';
import type { Ask, Attempt, Call, Identity, Moments, Page, Refresh, Sending } from './facts.ts';
import { newIdentity } from './identity.ts';
import { MemoryArea } from './memory-area.ts';
import { Nonces } from './nonces.ts';
import { openPage } from './page.ts';
import { Store } from './store.ts';
import { rawTokens } from './token-response.ts';
import { type Grant, TokenOffice, type User } from './tokens.ts';

/** All there is around the library, and what has been seen of it. */
export class World {
  readonly setting: Setting;
  readonly library: Library;
  readonly clock: Clock;
  readonly judge: Judge;
  readonly office: TokenOffice;
  readonly store: Store;
  readonly calls: Call[] = [];
  readonly attempts: Attempt[] = [];
  /** The latest attempt of each stamp. */
  readonly latest = new Map<string, Attempt>();
  readonly sendings: Sending[] = [];
  readonly refreshes: Refresh[] = [];
  readonly asks: Ask[] = [];
  readonly events: AuthEvent[] = [];
  /** What happened, in words; only kept where somebody will read it. */
  readonly story: string[] | null;
  /** The localStorage of an app that keeps its session in a cookie alone. */
  readonly shared = new MemoryArea();
  page: Page;
  identity: Identity;
  /** Who was signed in last, before. */
  leaving: Identity | null = null;
  /** In which turn that was. */
  leftIn = 0;
  /** Rises with every step, and wherever promises go ahead. */
  turn = 0;
  xsrf = 'x1';
  readonly nonces = new Nonces();
  /** How the next refresh is answered within its call. */
  prompt: RefreshAnswer | null = null;
  /** How often the app has done something within an event. */
  reactions = 0;
  #serial = 0;
  /** What a slow store is about to say. */
  #loading: Grant | null = null;

  constructor(
    surroundings: { readonly library: Library; readonly clock: Clock; readonly judge: Judge },
    setting: Setting,
    story: string[] | null,
  ) {
    this.setting = setting;
    this.library = surroundings.library;
    this.clock = surroundings.clock;
    this.judge = surroundings.judge;
    this.story = story;
    this.office = new TokenOffice(setting);
    this.store = new Store(this.clock, (record) => {
      this.see('stored', record);
    });
    this.identity = newIdentity(null, { isFirst: true });
    this.page = openPage(this, false);
    this.#begin();
  }

  nextSerial(): number {
    return ++this.#serial;
  }

  see<M extends Moment>(moment: M, subject: Moments[M]): void {
    this.look();
    this.judge.see(moment, subject, this);
  }

  note(line: () => string): void {
    this.story?.push(line());
  }

  /** Notices what the page has done of itself: it found a session in the store, or ended one. */
  look(): void {
    const { page, identity } = this;
    if (!(page as Page | undefined) || page.isDestroyed) return;
    const isSignedIn = page.session.signedIn();
    if (isSignedIn) identity.isArriving = false;
    if (identity.isArriving) return;
    if (identity.isUnread && isSignedIn) this.#adoptStored();
    else if (identity.family && !identity.isUnread && !isSignedIn) {
      identity.isEndedByPage = true;
      this.#enter(newIdentity(null));
    }
  }

  signIn(user: User): void {
    const grant = this.office.signIn(user);
    this.#arrive(grant);
    this.page.relievedMs = this.clock.elapsedMs;
    this.page.session.signIn(rawTokens(grant));
  }

  signOut(): void {
    this.#enter(newIdentity(null));
    // The app tells its server too.
    this.office.cookie = null;
    this.page.session.signOut();
  }

  /** A refresh brings tokens to the page: from here on it uses them, unless somebody has signed in or out since. */
  bring(refresh: Refresh, grant: Grant): void {
    if (refresh.identity !== this.identity) return;
    const { family } = grant.access;
    refresh.brought = grant;
    if (this.office.cookie) this.office.cookie = grant.buysNext;
    const before = this.identity;
    if (before.family === family && !before.isUnread) this.#receive(grant);
    else before.becomes = this.#arrive(grant);
  }

  destroyPage(): void {
    if (this.page.isDestroyed) return;
    this.#enter(newIdentity(null));
    this.page.isDestroyed = true;
    this.page.leave();
    this.see('destroyed', this.page);
  }

  reload(): void {
    const used = this.page.grant?.access;
    this.destroyPage();
    const { isBehind, manner } = this.store;
    const stored = this.office.grantIn(this.store.record);
    const isSync = manner === 'at once' || manner === 'throwing';
    // A slow store may not even have been asked yet to hold what the page used.
    const isLate = this.setting.storage !== 'local' && stored?.access !== used;
    const isReadable = manner !== 'throwing' && manner !== 'rejecting';
    const isKept = isReadable && stored;
    this.store.forget();
    // Nobody could tell a cookie of one user beside a stored session of another from one that fits.
    if (this.office.cookie && stored) this.office.cookie = stored.buysNext;
    const family = isKept ? stored.access.family : null;
    this.identity = newIdentity(family, { isUnread: !isSync, isFirst: true });
    this.page = openPage(this, isBehind || isLate || !isReadable);
    // What the page before has heard of it, this one has not.
    if (isKept) stored.isRejected = false;
    this.page.grant = isKept && isSync ? stored : null;
    this.#loading = isKept && !isSync ? stored : null;
  }

  /** Lets the store work so from here on, as far as a store of its kind can. */
  setStore(manner: Manner): void {
    const { storage } = this.setting;
    if (storage === 'local') this.store.manner = manner === 'throwing' ? manner : 'at once';
    else if (storage !== 'memory') this.store.manner = manner;
  }

  #begin(): void {
    const { start, storage } = this.setting;
    if (start !== 'nobody') this.signIn('A');
    if (storage === 'soon' || storage === 'when told') this.store.manner = storage;
    if (start === 'stored') this.reload();
  }

  #adoptStored(): void {
    this.identity.isUnread = false;
    this.page.grant = this.#loading;
  }

  #arrive(grant: Grant): Identity {
    const identity = newIdentity(grant.access.family);
    identity.isArriving = true;
    this.#enter(identity);
    this.#receive(grant);
    return identity;
  }

  #enter(identity: Identity): void {
    this.note(
      () => `       — ${identity.family ? `${identity.family.user} is signed in` : 'nobody is signed in'}`,
    );
    if (this.identity.family) {
      this.leaving = this.identity;
      this.leftIn = this.turn;
      this.leaving.last = this.page.grant;
    }
    this.identity = identity;
    if (!identity.family) this.page.grant = null;
  }

  #receive(grant: Grant): void {
    grant.receivedMs = this.clock.wallMs;
    this.page.grant = grant;
    this.office.given.set(grant.access.text, grant);
  }
}
