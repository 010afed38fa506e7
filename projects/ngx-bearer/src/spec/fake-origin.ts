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
  /** Nobody hears of changes, as where storage events are late. */
  isQuiet = false;

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

  /** Changes localStorage, as one tab; the others are told. */
  put(key: string, value: string | null, by: FakeTab): void {
    if ((this.local.get(key) ?? null) === value) return;
    if (value === null) this.local.delete(key);
    else this.local.set(key, value);
    if (!this.isQuiet) this.#tell(key, by);
  }

  /** Clears localStorage, as a tab does by `clear()`. */
  clear(by: FakeTab): void {
    this.local.clear();
    this.#tell(null, by);
  }

  #tell(key: string | null, by: FakeTab): void {
    for (const tab of this.tabs) if (tab !== by) tab.hear(key);
  }
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

  /** Another tab has changed localStorage, or cleared it where the key is null. */
  hear(key: string | null): void {
    const { localStorage } = this.window;
    this.window.dispatchEvent(Object.assign(new Event('storage'), { key, storageArea: localStorage }));
  }

  /** Something happens to its page. */
  undergo(event: 'pagehide' | 'pageshow' | 'online' | 'visibilitychange'): void {
    this.window.dispatchEvent(new Event(event));
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
