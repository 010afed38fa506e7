import { describeDatabase, endOf } from '../spec/database-contract';
import { FakeDatabase } from '../spec/fake-database';
import { type Database, openDatabase } from './database';

describeDatabase('the fake database of the specs', () => {
  const fake = new FakeDatabase();
  return {
    open: () => page(fake).database,
    deleteAll: async () => {
      fake.deleteDatabase('tabs');
      await Promise.resolve();
    },
  };
});

describe('a database', () => {
  it('is null if the page has none, or may not use it', () => {
    const without = Object.assign(new EventTarget(), { indexedDB: null });
    const forbidden = Object.defineProperty(new EventTarget(), 'indexedDB', {
      get: () => {
        throw new DOMException('Cookies are forbidden.', 'SecurityError');
      },
    });
    for (const window of [new EventTarget(), without, forbidden]) {
      expect(openDatabase(window as unknown as Window, 'tabs')).toBeNull();
    }
  });

  it('is not opened before it is needed', () => {
    const { fake } = page();
    expect([fake.opened, fake.transactions]).toEqual([[], 0]);
  });

  it('keeps its store name from release to release', async () => {
    const { fake, database } = page();
    const stores: string[] = [];
    const open = fake.open.bind(fake);
    fake.open = (name) => {
      const opening = open(name) as { readonly result: object };
      Object.assign(opening.result, { createObjectStore: (store: string) => stores.push(store) });
      return opening;
    };
    await database.change('entry', () => 'kept');
    expect(stores).toEqual(['entries']);
  });

  it('asks again once if the connection was lost, and fails if it is lost again', async () => {
    const { fake, database } = page();
    fake.lostConnections = 1;
    await database.change('entry', () => 'kept');
    expect(fake.entriesOf('tabs').get('entry')).toBe('kept');
    fake.lostConnections = 2;
    expect((await endOf(database.change('entry', () => 'more'))) instanceof Error).toBe(true);
    expect(fake.entriesOf('tabs').get('entry')).toBe('kept');
  });

  it('decides once, and fails, if the disk is full', async () => {
    const { fake, database } = page();
    await database.change('entry', () => 'kept');
    fake.manner = 'is full';
    let decisions = 0;
    const failure = await endOf(database.change('entry', () => ++decisions));
    expect([failure instanceof Error, decisions, fake.entriesOf('tabs').get('entry')]).toEqual([
      true,
      1,
      'kept',
    ]);
  });

  for (const manner of ['is full', 'refuses to delete'] as const) {
    it(`holds nothing after a removal if the disk is full (the database ${manner})`, async () => {
      const { fake, database } = page();
      await database.change('entry', () => 'kept');
      fake.manner = manner;
      await database.remove('entry');
      expect(fake.entriesOf('tabs').size).toBe(0);
    });
  }

  it('writes nothing any more if the page is left before, and lets the next page go on', async () => {
    const { fake, window, database } = page();
    await database.change('entry', () => 'kept');
    fake.manner = 'opens on demand';
    const late = endOf(database.change('entry', () => 'late'));
    window.dispatchEvent(new Event('pagehide'));
    fake.manner = 'works';
    fake.proceed();
    expect((await late) instanceof Error).toBe(true);
    await page(fake).database.change('entry', (found) => `${String(found)} on`);
    expect(fake.entriesOf('tabs').get('entry')).toBe('kept on');
  });

  it('listens to its window only while a transaction runs', async () => {
    const { window, database } = page();
    const listening: string[] = [];
    const add = window.addEventListener.bind(window);
    const remove = window.removeEventListener.bind(window);
    window.addEventListener = (...subscribed: Parameters<typeof add>) => {
      listening.push(subscribed[0]);
      add(...subscribed);
    };
    window.removeEventListener = (...subscribed: Parameters<typeof remove>) => {
      listening.splice(listening.indexOf(subscribed[0]), 1);
      remove(...subscribed);
    };
    const change = database.change('entry', () => 'kept');
    expect(listening).toEqual(['pagehide']);
    await change;
    expect(listening).toEqual([]);
  });
});

/** A page with a database. */
function page(fake = new FakeDatabase()): { fake: FakeDatabase; window: EventTarget; database: Database } {
  const window = Object.assign(new EventTarget(), { indexedDB: fake });
  const database = openDatabase(window as unknown as Window, 'tabs');
  if (!database) throw new Error('No database was opened.');
  return { fake, window, database };
}
