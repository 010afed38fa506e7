import { type Database, openDatabase } from '../src/session/store/database';

const NAME = 'real-database';

describe('IndexedDB', () => {
  afterEach(() => deletion());

  it('loses none of a hundred changes that are asked for at once, by turns from two sides', async () => {
    const sides = [open(), open()] as const;
    const count = (found: number | null): number => (found ?? 0) + 1;
    const changes = Array.from({ length: 100 }, (_, turn) => sides[turn % 2 ? 1 : 0].change('count', count));
    expect((await Promise.all(changes)).sort((left, right) => Number(left) - Number(right))).toEqual(
      Array.from({ length: 100 }, (_, turn) => turn + 1),
    );
  });

  it('holds nothing where nothing is to hold', async () => {
    const database = open();
    await database.change('entry', () => 'kept');
    expect(await database.change('entry', (found) => (found === 'kept' ? null : found))).toBeNull();
    expect(await database.change('entry', (found) => found)).toBeNull();
  });

  it('can be deleted at any time', async () => {
    await open().change('entry', () => 'kept');
    expect(await deletion()).toBe('deleted');
    expect(await open().change('entry', (found) => found)).toBeNull();
  });
});

function open(): Database {
  const database = openDatabase(window, NAME);
  if (!database) throw new Error('This browser has no IndexedDB.');
  return database;
}

function deletion(): Promise<'deleted' | 'blocked'> {
  return new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase(NAME);
    deleting.onsuccess = () => resolve('deleted');
    deleting.onblocked = () => resolve('blocked');
    deleting.onerror = () => reject(new Error(String(deleting.error)));
  });
}
