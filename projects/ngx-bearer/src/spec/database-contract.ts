import type { Database } from '../tabs/database';

/** What a test of a database needs: pages of one origin, and the end of their database. */
interface Origin {
  /** The database as a new page opens it. */
  readonly open: () => Database;
  readonly deleteAll: () => Promise<unknown>;
}

/** What holds for a real database, and for the fake one, too. */
export function describeDatabase(name: string, createOrigin: () => Origin): void {
  describe(name, () => {
    it('loses none of a hundred changes that two pages ask for at once', async () => {
      const { open, deleteAll } = createOrigin();
      const pages = [open(), open()] as const;
      const count = (found: unknown): number => Number(found ?? 0) + 1;
      const changes = Array.from({ length: 100 }, (_, turn) =>
        pages[turn % 2 ? 1 : 0].change('count', count),
      );
      await Promise.all(changes);
      expect(await read(open(), 'count')).toBe(100);
      await deleteAll();
    });

    it('returns a copy of what it was given', async () => {
      const { open, deleteAll } = createOrigin();
      const given = { tokens: { accessToken: 'a0' }, list: [1], none: null };
      await open().change('entry', () => given);
      given.tokens.accessToken = 'changed';
      expect(await read(open(), 'entry')).toEqual({ tokens: { accessToken: 'a0' }, list: [1], none: null });
      await deleteAll();
    });

    it('finds null if it holds nothing, or nothing any more', async () => {
      const { open, deleteAll } = createOrigin();
      const database = open();
      expect(await read(database, 'entry')).toBeNull();
      await database.change('entry', () => 'kept');
      await database.change('other', () => 'kept');
      await database.change('entry', () => null);
      expect([await read(database, 'entry'), await read(database, 'other')]).toEqual([null, 'kept']);
      await deleteAll();
    });

    it('removes an entry', async () => {
      const { open, deleteAll } = createOrigin();
      const database = open();
      await database.change('entry', () => 'kept');
      await database.remove('entry');
      expect(await read(database, 'entry')).toBeNull();
      await deleteAll();
    });

    it('writes nothing, and fails, if the decision throws', async () => {
      const { open, deleteAll } = createOrigin();
      const database = open();
      await database.change('entry', () => 'kept');
      const failure = await endOf(
        database.change('entry', () => {
          throw new RangeError('no decision');
        }),
      );
      expect([failure instanceof RangeError, await read(database, 'entry')]).toEqual([true, 'kept']);
      await deleteAll();
    });

    it('can be deleted at any time', async () => {
      const { open, deleteAll } = createOrigin();
      await open().change('entry', () => 'kept');
      await deleteAll();
      expect(await read(open(), 'entry')).toBeNull();
      await deleteAll();
    });
  });
}

async function read(database: Database, key: string): Promise<unknown> {
  let held: unknown;
  await database.change(key, (found) => {
    held = found;
    return found;
  });
  return held;
}

/** What a promise is rejected with; undefined if it is not. */
export async function endOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (failure: unknown) => failure,
  );
}
