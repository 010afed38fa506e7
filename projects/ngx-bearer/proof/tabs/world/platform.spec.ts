import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from './facts.ts';
import { Database } from './database.ts';
import { LocalStorage } from './local-storage.ts';
import { Locks } from './locks.ts';

describe('localStorage between tabs', () => {
  it('shows a tab its own writes at once, and those of others late but in order', () => {
    const { here, there } = twoViews();
    here.put('key', 'first');
    here.put('key', 'second');
    assert.deepEqual([here.items.get('key'), there.items.get('key')], ['second', undefined]);
    there.see();
    assert.equal(there.items.get('key'), 'first');
    there.see();
    assert.equal(there.items.get('key'), 'second');
  });

  it('ends with the last write in every tab, in whatever order they see it', () => {
    const { here, there, storage } = twoViews();
    here.put('key', 'here');
    there.put('key', 'there');
    there.see();
    here.see();
    assert.deepEqual([here.items.get('key'), there.items.get('key')], ['there', 'there']);
    assert.equal(storage.items.get('key'), 'there');
  });

  it('tells nobody of what changes nothing for the tab that writes', () => {
    const { here, there, storage } = twoViews();
    here.put('key', 'value');
    there.put('key', null);
    assert.deepEqual([storage.items.get('key'), here.hasUnseen], ['value', false]);
  });
});

describe('the database of several tabs', () => {
  it('lets no transaction begin before the one before is committed', () => {
    const { tasks, schedule, first, second } = twoPages();
    const database = new Database(schedule, () => undefined);
    const results: unknown[] = [];
    for (const page of [first, second]) increment(database.of(page), results);
    tasks.splice(0).forEach((open) => {
      open();
    });
    assert.equal(tasks.length, 1);
    for (let task = tasks.shift(); task; task = tasks.shift()) task();
    assert.deepEqual([results, database.entries.get('count')], [[1, 2], 2]);
  });

  it('drops what a page that is gone has not committed', () => {
    const { tasks, schedule, first, second } = twoPages();
    const database = new Database(schedule, () => undefined);
    const results: unknown[] = [];
    for (const page of [first, second]) increment(database.of(page), results);
    tasks.shift()?.();
    tasks.shift()?.();
    tasks.shift();
    database.abandon(first);
    for (let task = tasks.shift(); task; task = tasks.shift()) task();
    assert.deepEqual([results, database.entries.get('count')], [[1], 1]);
  });
});

describe('Web Locks of several tabs', () => {
  it('are not had by a page that gave up before it was told', () => {
    const { tasks, schedule, first } = twoPages();
    const locks = new Locks(schedule);
    const granted: string[] = [];
    request(locks.of(first), () => granted.push('first'));
    locks.abandon(first);
    tasks.shift()?.();
    assert.deepEqual([granted, locks.pages], [[], []]);
  });

  it('go to the next when a page is gone', () => {
    const { tasks, schedule, first, second } = twoPages();
    const locks = new Locks(schedule);
    const granted: string[] = [];
    request(locks.of(first), () => granted.push('first'));
    request(locks.of(second), () => granted.push('second'));
    tasks.shift()?.();
    assert.deepEqual([granted, locks.isAwaitedBy(second)], [['first'], true]);
    locks.abandon(first);
    tasks.shift()?.();
    assert.deepEqual([granted, locks.isHeldBy(second)], [['first', 'second'], true]);
  });

  it('are not had by a page that is gone', () => {
    const { schedule, first } = twoPages();
    const locks = new Locks(schedule);
    request(locks.of({ ...first, state: 'gone' }), () => undefined);
    assert.deepEqual(locks.pages, []);
  });
});

function twoViews() {
  const storage = new LocalStorage({ elapsedMs: 0 }, () => undefined);
  return { storage, here: storage.open(), there: storage.open() };
}

function twoPages() {
  const tasks: (() => void)[] = [];
  const schedule = (_page: Page, _what: string, run: () => void): void => void tasks.push(run);
  // The platform tells pages apart, and asks nothing of them.
  return { tasks, schedule, first: { state: 'running' } as Page, second: { state: 'running' } as Page };
}

/** Adds one to an entry in one transaction. */
function increment(factory: unknown, results: unknown[]): void {
  const opening = (factory as IDBFactory).open('proof');
  opening.onsuccess = () => {
    const transaction = opening.result.transaction('entries', 'readwrite');
    const reading = transaction.objectStore('entries').get('count') as IDBRequest<number | undefined>;
    reading.onsuccess = () => {
      const count = (reading.result ?? 0) + 1;
      transaction.objectStore('entries').put(count, 'count');
      transaction.commit();
      results.push(count);
    };
  };
}

function request(manager: unknown, begin: () => void): void {
  const { signal } = new AbortController();
  void (manager as LockManager).request('name', { signal }, () => {
    begin();
    return new Promise(() => undefined);
  });
}
