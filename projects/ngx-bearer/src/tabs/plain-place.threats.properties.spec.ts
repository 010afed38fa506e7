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
import { Subscription } from 'rxjs';
import { checkSame } from '../spec/holds-for-all';
import { PlainPlace } from './plain-place';
import { endOf, fromText, NOTHING, type SharedState, toText } from './shared-state';
import type { TokenStorage } from './token-storage';

/** A sign-in or refresh, or a sign-out; a storage that fails cannot keep the first two. */
const changes = record({ isEnd: boolean(), fails: boolean() });

describe('a storage of the app that answers late and may fail', () => {
  it('is written to in order, one at a time, and holds in the end what is last, or nothing', async () => {
    const claim = asyncProperty(scheduler(), array(changes, { maxLength: 8 }), async (delays, list) => {
      const storage = new LateStorage(delays);
      const place = new PlainPlace(storage, null, new Subscription());
      const wanted: (string | null)[] = [];
      let last: string | null | undefined;
      for (const [index, { isEnd, fails }] of list.entries()) {
        const state = isEnd ? endOf(stateOf(index)) : stateOf(index);
        const text = isEnd ? null : toText(state);
        // What could not be kept is removed, so that no used token is found there.
        if (text !== last) wanted.push(text, ...(text && fails ? [null] : []));
        if (text && fails) storage.failing.add(text);
        last = text;
        place.change(() => state);
      }
      await delays.waitIdle();
      const [held] = wanted.slice(-1);
      checkSame(
        [storage.writes, storage.record, storage.mostAtOnce],
        [wanted, held ?? null, +!!wanted.length],
      );
    });
    await assert(claim, { numRuns: 1_000 });
  });
});

describe('the record of a storage of the app', () => {
  it('is a session or none, whatever it is, and is removed if it cannot be read', () => {
    const texts = oneof(string({ unit: 'binary' }), json(), anything());
    const claim = property(texts, (text) => {
      const written: unknown[] = [];
      const storage = { read: () => text as string, write: (one: unknown) => void written.push(one) };
      const found: SharedState[] = [];
      new PlainPlace(storage, null, new Subscription()).read().subscribe((one) => found.push(one));
      const kind = isThenable(text) || text === undefined ? null : fromText(text as string);
      const isState = kind && typeof kind === 'object';
      checkSame([found, written], [[isState ? kind : NOTHING], kind === 'unreadable' ? [null] : []]);
    });
    assert(claim, { numRuns: 20_000 });
  });
});

/** Answers when the scheduler lets it, in whatever order that is. */
class LateStorage implements TokenStorage {
  record: string | null = null;
  mostAtOnce = 0;
  readonly writes: (string | null)[] = [];
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
    this.writes.push(text);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#open);
    await this.#delays.schedule(Promise.resolve());
    this.#open--;
    if (this.failing.has(text)) throw new Error('the storage is full');
    this.record = text;
  }
}

function stateOf(version: number): SharedState {
  const tokens = { accessToken: `a${version}`, refreshToken: `r${version}` };
  const credential = { tokens, expiresAt: null, refreshFrom: null };
  return { signIn: 1, id: 'one', version, ended: false, credential };
}

function isThenable(value: unknown): boolean {
  return typeof (value as Promise<unknown> | null | undefined)?.then === 'function';
}
