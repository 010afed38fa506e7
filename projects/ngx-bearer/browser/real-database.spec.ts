import { describeDatabase } from '../src/spec/database-contract';
import { type Database, openDatabase } from '../src/tabs/database';

const NAME = 'real-database';

describeDatabase('IndexedDB', () => ({ open, deleteAll: deletion }));

describe('a connection to IndexedDB', () => {
  it('does not keep another page from deleting the database', async () => {
    await open().change('entry', () => 'kept');
    expect(await deletion()).toBe('deleted');
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
