import { firstValueFrom } from 'rxjs';
import { type Credential, receive, toRecord } from '../credential';
import { SharedStore } from './shared-store';
import type { SharedStorage } from './shared-storage';

const FIRST = credential('m1-a', 1);
const SECOND = credential('m1-a', 2);
const THIRD = credential('m1-a', 3);
const LATER = credential('m2-a', 1);
/** Of a format to come. */
const NEWER = JSON.stringify({ format: 2, id: 'm1-a', version: 1 });

describe('a store that all tabs share', () => {
  it('has new tokens put in the place of the spent ones, and not written again', async () => {
    const { store, storage } = open();
    expect(await firstValueFrom(store.replace(FIRST, SECOND))).toBe(SECOND);
    store.write(SECOND, 'm1-a');
    expect(storage.asked).toEqual(['replace']);
  });

  it('has a sign-in shown and kept', async () => {
    const { store, storage } = open();
    await firstValueFrom(store.replace(FIRST, SECOND));
    store.write(LATER, 'm2-a');
    await pass();
    expect(storage.asked).toEqual(['replace', 'show', 'keep']);
  });

  it('emits what another tab has put there', async () => {
    const { store, storage } = open();
    storage.holds = toRecord(THIRD);
    expect((await firstValueFrom(store.replace(FIRST, SECOND)))?.version).toBe(3);
  });

  it('removes what cannot be read', async () => {
    const { store, storage } = open();
    storage.holds = '{';
    expect(await firstValueFrom(store.read())).toBe(undefined);
    await pass();
    expect([storage.asked, storage.shown]).toEqual([['read', 'show', 'keep'], [[null, '']]]);
  });
});

describe('a session that ends in the store', () => {
  it('is over, and the store is in step again', async () => {
    const { store, storage } = open();
    const ended = firstValueFrom(store.end(FIRST));
    expect(store.isInStep).toBe(false);
    expect([await ended, storage.asked, store.isInStep]).toEqual([undefined, ['end'], true]);
  });

  it('is not over where another tab was quicker', async () => {
    const { store, storage } = open();
    storage.holds = toRecord(SECOND);
    expect([(await firstValueFrom(store.end(FIRST)))?.version, store.isInStep]).toEqual([2, true]);
  });

  it('is over here also where the storage does not say', async () => {
    const { store, storage } = open();
    storage.fails = ['end'];
    expect([await firstValueFrom(store.end(FIRST)), store.isInStep]).toEqual([undefined, true]);
    expect(await firstValueFrom(store.replace(LATER, LATER))).toBe(LATER);
  });
});

describe('a session that could not be kept', () => {
  it('goes on in memory, and the store is asked no more about it', async () => {
    const { store, storage, failures } = open();
    storage.fails = ['keep'];
    store.write(FIRST, 'm1-a');
    await pass();
    expect([failures.length, store.isInStep]).toEqual([1, false]);
    store.write(SECOND, 'm1-a');
    const renewed = await firstValueFrom(store.replace(SECOND, THIRD));
    const ended = await firstValueFrom(store.end(THIRD));
    expect([renewed, ended, storage.asked]).toEqual([THIRD, undefined, ['show', 'keep', 'drop']]);
  });

  it('keeps nothing from the next sign-in', async () => {
    const { store, storage } = open();
    storage.fails = ['keep'];
    store.write(FIRST, 'm1-a');
    await pass();
    storage.fails = [];
    store.write(LATER, 'm2-a');
    await pass();
    expect([store.isInStep, storage.asked.slice(3)]).toEqual([true, ['show', 'keep']]);
  });

  it('is not kept where it cannot be shown', async () => {
    const { store, storage, failures } = open();
    storage.fails = ['show'];
    store.write(FIRST, 'm1-a');
    await pass();
    expect([storage.asked, failures.length]).toEqual([['show', 'drop'], 1]);
  });

  it('is told of also where what it was to replace cannot be dropped', async () => {
    const { store, storage, failures } = open();
    storage.fails = ['replace', 'drop'];
    expect(await firstValueFrom(store.replace(FIRST, SECOND))).toBe(SECOND);
    expect([storage.asked, failures.length, store.isInStep]).toEqual([['replace', 'drop'], 1, false]);
  });

  it('gives way to what is newer', async () => {
    const { store, storage, failures } = open();
    storage.fails = ['replace'];
    storage.holds = toRecord(LATER);
    expect((await firstValueFrom(store.replace(FIRST, SECOND)))?.id).toBe('m2-a');
    expect([failures.length, store.isInStep]).toEqual([0, true]);
  });
});

describe('a record of a newer format', () => {
  it('is left alone, whatever happens here', async () => {
    const { store, storage } = open();
    storage.holds = NEWER;
    expect(await firstValueFrom(store.read())).toBe(undefined);
    store.write(FIRST, 'm1-a');
    const answers = [
      await firstValueFrom(store.replace(FIRST, SECOND)),
      await firstValueFrom(store.latest(SECOND)),
      await firstValueFrom(store.end(SECOND)),
    ];
    store.write(null, 'm1-a');
    await pass();
    expect([answers, storage.asked]).toEqual([[SECOND, undefined, undefined], ['read']]);
  });
});

/** A storage that does what it is asked, unless it fails, or another tab was quicker. */
class FakeStorage implements SharedStorage {
  /** What it was asked for, in order. */
  readonly asked: string[] = [];
  readonly shown: (string | null)[][] = [];
  /** What it cannot do. */
  fails: readonly string[] = [];
  /** What another tab has put there. */
  holds: string | null = null;

  read(): string | null {
    return this.#do('read', null);
  }

  show(record: string | null, id: string): void {
    this.shown.push([record, id]);
    this.#do('show', null);
  }

  async keep(record: string | null): Promise<string | null> {
    await Promise.resolve();
    return this.#do('keep', record);
  }

  async replace(_: string, next: string): Promise<string | null> {
    await Promise.resolve();
    return this.#do('replace', next);
  }

  async end(refused: string): Promise<string | null> {
    await Promise.resolve();
    return this.#do('end', refused);
  }

  async drop(): Promise<string | null> {
    await Promise.resolve();
    return this.#do('drop', null);
  }

  async latest(mine: string): Promise<string | null> {
    await Promise.resolve();
    return this.#do('latest', mine);
  }

  subscribe(): () => void {
    return () => undefined;
  }

  #do(operation: string, record: string | null): string | null {
    this.asked.push(operation);
    if (this.fails.includes(operation)) throw new Error('the disk is full');
    return this.holds ?? record;
  }
}

function open() {
  const storage = new FakeStorage();
  const store = new SharedStore(storage);
  const failures: unknown[] = [];
  store.failures.subscribe((failure) => failures.push(failure));
  return { storage, store, failures };
}

/** Until what nobody waits for is over. */
async function pass(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function credential(id: string, version: number): Credential {
  return receive({ id, version, tokens: { accessToken: `a${version}`, refreshToken: `r${version}` } }, false);
}
