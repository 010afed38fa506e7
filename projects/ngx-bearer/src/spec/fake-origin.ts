import { DOCUMENT } from '@angular/common';
import type { Provider } from '@angular/core';
import { FakeDatabase } from './fake-database';
import { FakeLocks } from './fake-locks';

/** What the tabs of one origin share. Platforms without Web Locks or IndexedDB are made by `has`. */
export class FakeOrigin {
  readonly database = new FakeDatabase();
  readonly locks = new FakeLocks();
  readonly local = new Map<string, string>();
  readonly tabs: FakeTab[] = [];
  /** Storage events are late: none is dispatched. */
  isQuiet = false;
  /** localStorage has no room for anything new. */
  isFull = false;

  constructor(readonly has = { locks: true, database: true }) {}

  openTab(session = new Map<string, string>()): FakeTab {
    const tab = new FakeTab(this, session);
    this.tabs.push(tab);
    return tab;
  }

  /** Copies a tab, and its sessionStorage with it. */
  duplicate(tab: FakeTab): FakeTab {
    return this.openTab(new Map(tab.session));
  }

  /** Changes localStorage from one tab; the others get an event. */
  put(key: string, value: string | null, by: FakeTab): void {
    const before = this.local.get(key) ?? null;
    if (before === value) return;
    if (value === null) this.local.delete(key);
    else if (this.isFull) throw new DOMException('No room is left.', 'QuotaExceededError');
    else this.local.set(key, value);
    if (!this.isQuiet) this.#announce({ key, oldValue: before, newValue: value }, by);
  }

  /** Clears localStorage from one tab, as `localStorage.clear()` does. */
  clear(by: FakeTab): void {
    this.local.clear();
    this.#announce({ key: null, oldValue: null, newValue: null }, by);
  }

  /** Puts localStorage back to an earlier flush, as after a crash of the browser. No page is open then. */
  rollBack(flushed: ReadonlyMap<string, string>): void {
    this.local.clear();
    for (const [key, value] of flushed) this.local.set(key, value);
  }

  #announce(change: StorageChange, by: FakeTab): void {
    for (const tab of this.tabs) if (tab !== by) tab.hear(change);
  }
}

/** What a storage event says. A cleared area names no key. */
interface StorageChange {
  readonly key: string | null;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

/** One tab, by the document that is injected there. */
export class FakeTab {
  readonly window: EventTarget & { readonly localStorage: unknown };
  readonly provider: Provider;

  constructor(
    origin: FakeOrigin,
    readonly session: Map<string, string>,
  ) {
    const { has, database, locks, local } = origin;
    this.window = Object.assign(new EventTarget(), {
      localStorage: areaOf(local, (key, value) => {
        origin.put(key, value, this);
      }),
      sessionStorage: areaOf(session, (key, value) => {
        if (value === null) session.delete(key);
        else session.set(key, value);
      }),
      navigator: has.locks ? { locks } : {},
      indexedDB: has.database ? database : undefined,
    });
    const { location, baseURI } = document;
    this.provider = {
      provide: DOCUMENT,
      useValue: { location, baseURI, defaultView: this.window, cookie: '' },
    };
  }

  /** Another tab has changed localStorage. */
  hear(change: StorageChange): void {
    const { localStorage } = this.window;
    this.window.dispatchEvent(Object.assign(new Event('storage'), { ...change, storageArea: localStorage }));
  }

  /** Something happens to its page. */
  undergo(event: 'pagehide' | 'pageshow' | 'online' | 'visibilitychange'): void {
    this.window.dispatchEvent(new Event(event));
  }

  /** Its page is left, or another tab is shown. The event bubbles from the document. */
  hide(): void {
    const hidden = new Event('visibilitychange');
    Object.defineProperty(hidden, 'target', { value: { visibilityState: 'hidden' } });
    this.window.dispatchEvent(hidden);
  }
}

function areaOf(
  items: ReadonlyMap<string, string>,
  put: (key: string, value: string | null) => void,
): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: put,
    removeItem: (key) => {
      put(key, null);
    },
  };
}
