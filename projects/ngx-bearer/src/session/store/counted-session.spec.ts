import { FakeDatabase } from '../../spec/fake-database';
import { CountedSession } from './counted-session';
import { Database } from './database';
import { memoryStorage } from './token-storage';

const FIRST = record(1);
const SECOND = record(2);
const THIRD = record(3);

describe('a sessionStorage that counts', () => {
  it('puts a version in the place of the one before', async () => {
    const { here } = duplicated();
    expect(await here.storage.replace(FIRST, SECOND)).toBe(SECOND);
    expect([here.storage.read(), await here.storage.latest(SECOND)]).toEqual([SECOND, SECOND]);
  });

  it('puts one version after the other', async () => {
    const { here } = duplicated();
    await here.storage.replace(FIRST, SECOND);
    expect([await here.storage.replace(SECOND, THIRD), here.storage.read()]).toEqual([THIRD, THIRD]);
  });

  it('says of a copied version that the other tab has used it', async () => {
    const { here, there } = duplicated();
    expect(await there.storage.latest(FIRST)).toBe(FIRST);
    await here.storage.replace(FIRST, SECOND);
    expect(await there.storage.latest(FIRST)).toBeNull();
  });

  it('puts nothing in the place of a version that the other tab has used', async () => {
    const { here, there } = duplicated();
    await here.storage.replace(FIRST, SECOND);
    expect([await there.storage.replace(FIRST, record(2, 'theirs')), there.storage.read()]).toEqual([
      null,
      FIRST,
    ]);
  });

  it('puts nothing in the place of what is no longer there, which is used up all the same', async () => {
    const { here, there } = duplicated();
    here.storage.show(record(1, 'm2-a'));
    expect([await here.storage.replace(FIRST, SECOND), here.storage.read()]).toEqual([
      null,
      record(1, 'm2-a'),
    ]);
    expect(await there.storage.latest(FIRST)).toBeNull();
  });

  it('has every version used up at a sign-out', async () => {
    const { here, there } = duplicated();
    await here.storage.keep(null, 'm1-a');
    expect(await there.storage.latest(record(1000))).toBeNull();
  });

  it('has every version used up where a server refuses one', async () => {
    const { here, there } = duplicated();
    expect(await here.storage.end(FIRST)).toBe(FIRST);
    expect([await there.storage.latest(record(1000)), await there.storage.end(FIRST)]).toEqual([null, FIRST]);
  });

  it('ends a version that has come by a refresh', async () => {
    const { here } = duplicated();
    await here.storage.replace(FIRST, SECOND);
    expect([await here.storage.end(SECOND), await here.storage.latest(SECOND)]).toEqual([SECOND, null]);
  });

  it('leaves the session of the other tab alone where a version is refused that it has used', async () => {
    const { here, there } = duplicated();
    await here.storage.replace(FIRST, SECOND);
    expect([await there.storage.end(FIRST), await here.storage.latest(SECOND)]).toEqual([null, SECOND]);
  });

  it('holds no token in the database', async () => {
    const { here, database } = duplicated();
    await here.storage.keep(FIRST, 'm1-a');
    await here.storage.replace(FIRST, SECOND);
    expect([...database.entries]).toEqual([['m1-a', 2]]);
  });

  it('drops what could not be kept', async () => {
    const { here } = duplicated();
    await here.storage.drop();
    expect(here.storage.read()).toBeNull();
  });

  it('is told of what frames of the same tab change, until it stops', () => {
    const { here } = duplicated();
    const told: string[] = [];
    const stop = here.storage.subscribe(() => told.push('changed'));
    here.change();
    stop();
    here.change();
    expect(told).toEqual(['changed']);
  });
});

/** A tab with the first version, and its copy. */
function duplicated() {
  const database = new FakeDatabase();
  const openTab = () => {
    const listeners = new Set<(written: string | null) => void>();
    const area = {
      ...memoryStorage(),
      subscribe: (changed: (written: string | null) => void) => {
        listeners.add(changed);
        return () => void listeners.delete(changed);
      },
    };
    area.write(FIRST);
    const change = (): void => {
      for (const changed of listeners) changed(null);
    };
    const storage = new CountedSession(area, new Database(database as unknown as IDBFactory, 'tabs'));
    return { storage, change };
  };
  return { here: openTab(), there: openTab(), database };
}

function record(version: number, id = 'm1-a'): string {
  return JSON.stringify({ id, version });
}
