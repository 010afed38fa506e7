import { FakeOrigin, type FakeTab } from '../spec/fake-origin';
import { setup } from '../spec/setup';
import { endOf, NOTHING, type SharedState } from '../storage/record';
import { openWebStorage, WebStorage } from './web-storage';

const KEY = 'tabs.session';
const FIRST = state('a', 1);
const SECOND = state('a', 2);

describe('one record in a web storage', () => {
  it('shows what another tab has written, without any event', () => {
    const { here, there } = twoTabs();
    there.write(FIRST);
    expect([here.see(), here.shown, here.isEmpty]).toEqual([FIRST, FIRST, false]);
  });

  it('shows nothing if there is none, or it cannot be read as ours', () => {
    const { origin, here } = twoTabs();
    expect([here.see(), here.isEmpty]).toEqual([NOTHING, true]);
    origin.local.set(KEY, 'unreadable');
    expect([here.see(), here.isEmpty]).toEqual([NOTHING, false]);
  });

  it('shows the end of its session once it is removed', () => {
    const { origin, here } = twoTabs();
    here.write(FIRST);
    origin.local.clear();
    expect(here.see()).toEqual(endOf(FIRST));
  });

  it('keeps a sign-in that another page has not seen, and writes over with the session before it', () => {
    const { here, there } = twoTabs();
    const signIn = { ...state('b', 1), signIn: 0 };
    there.write(FIRST);
    here.see();
    there.write(signIn);
    expect(here.see()).toEqual(signIn);
    there.write(FIRST);
    expect(here.see()).toEqual(signIn);
    here.write({ ...signIn, signIn: 2 });
    expect(there.see()).toEqual({ ...signIn, signIn: 2 });
  });

  it('forgets such a sign-in once the record is removed, or shows another session', () => {
    for (const next of [endOf(FIRST), state('c', 1)]) {
      const { here, there } = twoTabs();
      const signIn = { ...state('b', 1), signIn: 0 };
      there.write(FIRST);
      here.see();
      there.write(signIn);
      here.see();
      there.write(next);
      here.see();
      expect(here.shown).toEqual(next.ended ? NOTHING : next);
    }
  });

  it('shows what it showed before while it cannot be read', () => {
    const { here, tab } = twoTabs();
    here.write(FIRST);
    Object.assign(tab.window.localStorage as object, {
      getItem: () => {
        throw new DOMException('The storage is busy.', 'UnknownError');
      },
    });
    expect([here.see(), here.isEmpty]).toEqual([FIRST, false]);
  });

  it('is removed if its session has ended', () => {
    const { origin, here } = twoTabs();
    here.write(FIRST);
    here.write(endOf(FIRST));
    expect([origin.local.size, here.isEmpty]).toEqual([0, true]);
  });

  it('is left alone if it is of a newer release', () => {
    const { origin, here } = twoTabs();
    origin.local.set(KEY, '{"format":2}');
    expect(here.see()).toEqual(NOTHING);
    here.write(FIRST);
    here.write(endOf(FIRST));
    expect(origin.local.get(KEY)).toBe('{"format":2}');
  });

  it('throws if there is no room, and shows what it showed before', () => {
    const { origin, here } = twoTabs();
    here.write(FIRST);
    origin.isFull = true;
    expect(() => {
      here.write(SECOND);
    }).toThrow();
    expect(here.see()).toEqual(FIRST);
  });
});

describe('the changes of a web storage', () => {
  it('are those of other tabs', () => {
    const { here, there, changes } = twoTabs();
    here.write(FIRST);
    expect(changes).toEqual([]);
    there.see();
    there.write(SECOND);
    there.write(endOf(SECOND));
    expect(changes).toEqual([SECOND, endOf(SECOND)]);
  });

  it('come to another application in the same window when they are announced, once', () => {
    const { here, changesNearby } = twoTabs();
    here.write(FIRST);
    here.announce();
    here.announce();
    expect(changesNearby).toEqual([FIRST]);
  });

  it('count as the event says, also if this page has written since', () => {
    const { here, changes, origin, tab } = twoTabs();
    origin.isQuiet = true;
    here.write(FIRST);
    const storageArea = tab.window.localStorage;
    const event = { key: KEY, oldValue: null, newValue: textOf(SECOND), storageArea };
    tab.window.dispatchEvent(Object.assign(new Event('storage'), event));
    expect(changes).toEqual([SECOND]);
    tab.window.dispatchEvent(
      Object.assign(new Event('storage'), { ...event, oldValue: textOf(FIRST), newValue: null }),
    );
    expect(changes.at(-1)).toEqual(endOf(FIRST));
  });

  it('are none of other keys and other storages', () => {
    const { changes, tab } = twoTabs();
    const { localStorage } = tab.window;
    const event = { key: KEY, oldValue: null, newValue: textOf(FIRST) };
    for (const other of [{ key: 'theirs', storageArea: localStorage }, { storageArea: {} }]) {
      tab.window.dispatchEvent(Object.assign(new Event('storage'), { ...event, ...other }));
    }
    expect(changes).toEqual([]);
  });
});

describe('a page without web storage', () => {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    it(`gets none, and one warning: ${name}`, () => {
      const { printed } = setup();
      const forbidden = Object.defineProperty(new EventTarget(), name, {
        get: () => {
          throw new DOMException('The document is sandboxed.', 'SecurityError');
        },
      });
      for (const window of [forbidden, Object.assign(new EventTarget(), { [name]: null })]) {
        expect(openWebStorage(name, KEY, window as unknown as Window)).toBeNull();
      }
      expect(printed).toEqual([
        `warn: ngx-bearer: this page has no ${name}; the session stays in memory. ` +
          'This warning appears once, and only in development.',
      ]);
    });
  }
});

function twoTabs() {
  const origin = new FakeOrigin();
  const tab = origin.openTab();
  const [here, nearby, there] = [open(tab), open(tab), open(origin.openTab())];
  const changes: SharedState[] = [];
  here.changes.subscribe((change) => changes.push(change));
  const changesNearby: SharedState[] = [];
  nearby.changes.subscribe((change) => changesNearby.push(change));
  return { origin, tab, here, there, changes, changesNearby };
}

function open({ window }: FakeTab): WebStorage {
  return new WebStorage(window.localStorage as Storage, KEY, window as unknown as Window);
}

function state(id: string, version: number): SharedState {
  return { signIn: 1, id, version, ended: false };
}

function textOf(written: SharedState): string {
  return JSON.stringify({ ...written, format: 1 });
}
