import { FakeDatabase } from '../../spec/fake-database';
import { Database } from './database';
import { SharedLocal } from './shared-local';
import { endOf } from './stamp';
import { memoryStorage } from './token-storage';

const FIRST = record('m1-a', 1);
const SECOND = record('m1-a', 2);
const LATER = record('m2-a', 1);

describe('a record that all tabs share', () => {
  it('is whole in the database, and mirrored without its refresh token', async () => {
    const { here, database, mirror } = open();
    await here.keep(FIRST, 'm1-a');
    expect(database.entries.get('session')).toBe(FIRST);
    expect(JSON.parse(mirror.read() ?? '')).toEqual({
      id: 'm1-a',
      version: 1,
      isMirror: true,
      tokens: { accessToken: 'a1' },
    });
  });

  it('is shown before it is kept', async () => {
    const { here, there, database } = open();
    here.show(FIRST, 'm1-a');
    expect([there.read(), database.entries.size]).toEqual([FIRST, 0]);
    expect(await there.latest()).toBe(FIRST);
    expect(database.entries.get('session')).toBe(FIRST);
  });

  it('is brought to the database by whoever finds it shown only', async () => {
    const { here, there, database } = open();
    here.show(FIRST, 'm1-a');
    there.read();
    await pass();
    expect(database.entries.get('session')).toBe(FIRST);
  });

  it('is read without the database where that has it', async () => {
    const { here, openTab, database } = open();
    await here.keep(FIRST, 'm1-a');
    const before = database.transactions;
    openTab().read();
    await pass();
    expect(database.transactions).toBe(before);
  });

  it('is shown once, however often it is looked for', async () => {
    const { here, there, written } = open();
    await here.keep(FIRST, 'm1-a');
    await there.latest();
    here.read();
    expect(written.length).toBe(1);
  });

  it('gives way to the next version once, and who was slower gets that', async () => {
    const { here, there } = open();
    await here.keep(FIRST, 'm1-a');
    const [quick, slow] = [here.replace(FIRST, SECOND), there.replace(FIRST, record('m1-a', 2, 'slow'))];
    expect([await quick, await slow]).toEqual([SECOND, SECOND]);
  });

  it('gives way to a later sign-in, whichever is kept first', async () => {
    for (const order of [
      [FIRST, LATER],
      [LATER, FIRST],
    ]) {
      const { here, there } = open();
      for (const kept of order) await here.keep(kept, '');
      expect(await there.latest()).toBe(LATER);
    }
  });

  it('is not shown in the place of a later sign-in', () => {
    const { here, there } = open();
    there.show(LATER, 'm2-a');
    here.show(FIRST, 'm1-a');
    expect([here.read(), there.read()]).toEqual([LATER, LATER]);
  });

  it('stays what it is where an older session ends', async () => {
    const { here, there } = open();
    await here.keep(LATER, 'm2-a');
    await there.keep(null, 'm1-a');
    expect(await here.latest()).toBe(LATER);
  });

  it('does not come back once its session is over', async () => {
    const { here, there } = open();
    await here.keep(FIRST, 'm1-a');
    await there.keep(null, 'm1-a');
    expect([await here.replace(FIRST, SECOND), await here.keep(SECOND, 'm1-a'), here.read()]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is put back where somebody late has shown an older one', async () => {
    const { here, mirror } = open();
    await here.keep(SECOND, 'm1-a');
    const shown = mirror.read();
    mirror.write(FIRST);
    here.read();
    expect(mirror.read()).toBe(shown);
  });

  it('is over where its mirror is removed by hand', async () => {
    const { here, database, mirror } = open();
    await here.keep(FIRST, 'm1-a');
    mirror.write(null);
    expect(here.read()).toBeNull();
    await pass();
    expect(JSON.parse(String(database.entries.get('session')))).toEqual({
      id: 'm1-a',
      version: 0,
      isOver: true,
    });
  });
});

describe('a record that a server refuses', () => {
  it('is over in all tabs', async () => {
    const { here, there, database } = open();
    await here.keep(FIRST, 'm1-a');
    expect(await there.end(FIRST)).toBe(FIRST);
    expect([here.read(), await here.replace(FIRST, SECOND)]).toEqual([null, null]);
    expect(database.entries.get('session')).toBe(endOf('m1-a'));
  });

  it('ends nothing where another tab has put a newer one there', async () => {
    const { here, there } = open();
    await here.keep(FIRST, 'm1-a');
    await here.replace(FIRST, SECOND);
    expect([await there.end(FIRST), await here.latest()]).toEqual([SECOND, SECOND]);
  });

  it('ends nothing where somebody has signed in since', async () => {
    const { here, there } = open();
    await here.keep(FIRST, 'm1-a');
    await here.keep(LATER, 'm2-a');
    expect([await there.end(FIRST), await here.latest()]).toEqual([LATER, LATER]);
  });
});

describe('what another tab has shown, and is there no more', () => {
  it('counts where it was the end of a session', async () => {
    const { here, mirror, hear } = open();
    await here.keep(FIRST, 'm1-a');
    hear(endOf('m1-a'));
    expect([here.read(), mirror.read()]).toEqual([null, endOf('m1-a')]);
    await pass();
    expect(await here.latest()).toBeNull();
  });

  it('counts for nothing where it was a session', async () => {
    const { here, database, mirror, hear } = open();
    hear(FIRST);
    expect(here.read()).toBeNull();
    await pass();
    expect([mirror.read(), database.entries.size]).toEqual([null, 0]);
  });
});

describe('two apps of one window, where one is not told what the other writes', () => {
  it('are both signed out where the mirror is removed by hand', async () => {
    const { here, there, database, mirror } = open();
    await here.keep(FIRST, 'm1-a');
    await there.keep(LATER, 'm2-a');
    mirror.write(null);
    expect([here.read(), there.read()]).toEqual([null, null]);
    await pass();
    expect(database.entries.get('session')).toContain('"id":"m2-a","version":0,"isOver":true');
  });
});

describe('a record that could not be kept', () => {
  it('takes the one that it was to replace with it', async () => {
    const { here, database, mirror } = open();
    await here.keep(FIRST, 'm1-a');
    expect(await here.drop(SECOND)).toBeNull();
    expect([database.entries.size, mirror.read()]).toEqual([0, null]);
  });

  it('leaves what is newer', async () => {
    const { here, database, mirror } = open();
    await here.keep(LATER, 'm2-a');
    const shown = mirror.read();
    expect(await here.drop(SECOND)).toBe(LATER);
    expect([database.entries.get('session'), mirror.read()]).toEqual([LATER, shown]);
  });

  it('is taken out of the mirror also where the database does not answer', async () => {
    const { here, database, mirror } = open();
    here.show(FIRST, 'm1-a');
    database.manner = 'fails to open';
    expect([await here.drop(FIRST), mirror.read()]).toEqual([null, null]);
  });

  it('leaves what is newer in the mirror also where the database does not answer', async () => {
    const { here, database, mirror } = open();
    await here.keep(LATER, 'm2-a');
    const shown = mirror.read();
    database.manner = 'fails to open';
    expect([await here.drop(SECOND), mirror.read()]).toEqual([null, shown]);
  });
});

/** Two tabs. */
function open() {
  const database = new FakeDatabase();
  const area = memoryStorage();
  /** What was written to the mirror, in order. */
  const written: (string | null)[] = [];
  const listeners: ((written: string | null) => void)[] = [];
  const mirror = {
    read: () => area.read(),
    write: (record: string | null) => {
      written.push(record);
      area.write(record);
    },
    subscribe: (changed: (written: string | null) => void) => {
      listeners.push(changed);
      return () => undefined;
    },
  };
  const openTab = () => new SharedLocal(mirror, new Database(database as unknown as IDBFactory, 'tabs'));
  const [here, there] = [openTab(), openTab()];
  here.subscribe(() => undefined);
  /** Tells the first tab of what a third has written. */
  const hear = (record: string | null): void => {
    for (const changed of listeners) changed(record);
  };
  return { here, there, openTab, database, mirror, written, hear };
}

/** Until a transaction that nobody waits for is over. */
async function pass(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function record(id: string, version: number, refreshToken = `r${version}`): string {
  return JSON.stringify({ id, version, tokens: { accessToken: `a${version}`, refreshToken } });
}
