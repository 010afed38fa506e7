import {
  anything,
  array,
  assert,
  asyncProperty,
  boolean,
  json,
  oneof,
  property,
  record,
  type Scheduler,
  scheduler,
  string,
} from 'fast-check';
import { checkSame } from '../../spec/holds-for-all';
import { type Credential, fromRecord, receive, toRecord } from '../credential';
import { PlainStore } from './plain-store';
import type { Found } from './record-store';
import type { TokenStorage } from './token-storage';

/** A sign-in or refresh, or a sign-out; a store that fails cannot keep the first two. */
const changes = record({ isEnd: boolean(), fails: boolean() });

describe('a store of the app that answers late and may fail', () => {
  it('is written to in order, one at a time, and holds in the end what is last, or nothing', async () => {
    const claim = asyncProperty(scheduler(), array(changes, { maxLength: 8 }), async (delays, list) => {
      const storage = new LateStorage(delays);
      const store = new PlainStore(storage);
      const asked: (string | null)[] = [];
      for (const [index, { isEnd, fails }] of list.entries()) {
        const credential = isEnd ? null : makeCredential(index);
        const text = credential && toRecord(credential);
        // What could not be kept is removed, so that no spent token is found there.
        asked.push(text, ...(text && fails ? [null] : []));
        if (text && fails) storage.failing.add(text);
        store.write(credential);
      }
      await delays.waitIdle();
      store.lifetime.unsubscribe();
      checkSame(
        [storage.asked, storage.record, storage.mostAtOnce],
        [asked, asked.at(-1) ?? null, +!!list.length],
      );
    });
    await assert(claim, { numRuns: 1_000 });
  });
});

describe('what a store of the app holds', () => {
  it('is a session or none, whatever it is, and is removed where it cannot be read', () => {
    const texts = oneof(string({ unit: 'binary' }), json(), anything());
    const claim = property(texts, (text) => {
      const written: unknown[] = [];
      const storage = { read: () => text as string, write: (one: unknown) => void written.push(one) };
      const store = new PlainStore(storage);
      const found: Found[] = [];
      store.read().subscribe((one) => found.push(one));
      store.lifetime.unsubscribe();
      const kind = fromRecord(text);
      checkSame(
        [found, written],
        [[typeof kind === 'string' ? undefined : kind], kind === 'unreadable' ? [null] : []],
      );
    });
    assert(claim, { numRuns: 20_000 });
  });
});

/** Answers when the scheduler lets it, in whatever order that is. */
class LateStorage implements TokenStorage {
  record: string | null = null;
  mostAtOnce = 0;
  readonly asked: (string | null)[] = [];
  readonly failing = new Set<string | null>();
  readonly #delays: Scheduler;
  #open = 0;

  constructor(delays: Scheduler) {
    this.#delays = delays;
  }

  read(): string | null {
    return this.record;
  }

  async write(text: string | null): Promise<void> {
    this.asked.push(text);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#open);
    await this.#delays.schedule(Promise.resolve());
    this.#open--;
    if (this.failing.has(text)) throw new Error('the store is full');
    this.record = text;
  }
}

function makeCredential(version: number): Credential {
  return receive(
    { id: 'one', version, tokens: { accessToken: `a${version}`, refreshToken: `r${version}` } },
    false,
  );
}
