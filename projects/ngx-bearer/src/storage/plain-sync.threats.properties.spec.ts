import { EnvironmentInjector, runInInjectionContext } from '@angular/core';
import { TestBed } from '@angular/core/testing';
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
import { Session } from '../session/session';
import { checkSame } from '../spec/holds-for-all';
import { credentialOf, fromText } from './record';
import { PlainSync } from './plain-sync';
import type { TokenStorage } from './token-storage';

/** A sign-in, or a sign-out; a storage that fails cannot keep the first. */
const changes = record({ isEnd: boolean(), fails: boolean() });

describe('a storage of the app that answers late and may fail', () => {
  it('is written to in order, one at a time, and holds in the end what is last, or nothing', async () => {
    const claim = asyncProperty(scheduler(), array(changes, { maxLength: 8 }), async (delays, list) => {
      const storage = new LateStorage(delays);
      const session = sessionIn(storage);
      const wanted: (string | null)[] = [];
      let last: string | null = null;
      for (const [index, { isEnd, fails }] of list.entries()) {
        const token = isEnd ? null : `a${index}`;
        // What could not be kept is removed, so that no used token is found there.
        if (token !== last) wanted.push(token, ...(token && fails ? [null] : []));
        if (token && fails) storage.failing.add(token);
        last = token;
        if (token) session.signIn({ accessToken: token });
        else session.end('user');
      }
      await delays.waitIdle();
      const [held = null] = wanted.slice(-1);
      checkSame(
        [storage.writes, tokenIn(storage.record), storage.mostAtOnce],
        [wanted, held, +!!wanted.length],
      );
      session.lifetime.unsubscribe();
    });
    await assert(claim, { numRuns: 1_000 });
  });
});

describe('the record of a storage of the app', () => {
  it('is a session or none, whatever it is, and is removed if it cannot be read', () => {
    const texts = oneof(string({ unit: 'binary' }), json(), anything());
    const claim = property(texts, (text) => {
      const written: unknown[] = [];
      const session = sessionIn({ read: () => text as string, write: (one) => void written.push(one) });
      const kind = isThenable(text) || text === undefined ? null : fromText(text as string);
      const stored = kind && typeof kind === 'object' ? credentialOf(kind) : null;
      checkSame([session.credential, written], [stored, kind === 'unreadable' ? [null] : []]);
      session.lifetime.unsubscribe();
    });
    assert(claim, { numRuns: 20_000 });
  });
});

/** A session that this storage keeps. */
function sessionIn(storage: TokenStorage): Session {
  const session = runInInjectionContext(TestBed.inject(EnvironmentInjector), () => new Session(undefined));
  new PlainSync(session, storage);
  return session;
}

function tokenIn(text: string | null): string | null {
  const found = fromText(text);
  return found && typeof found === 'object' ? (credentialOf(found)?.tokens.accessToken ?? null) : null;
}

/** Answers when the scheduler lets it, in whatever order that is. */
class LateStorage implements TokenStorage {
  record: string | null = null;
  mostAtOnce = 0;
  /** The access token of each record, null for none. */
  readonly writes: (string | null)[] = [];
  /** The access tokens that it cannot keep. */
  readonly failing = new Set<string>();
  readonly #delays: Scheduler;
  #open = 0;

  constructor(delays: Scheduler) {
    this.#delays = delays;
  }

  read(): string | null {
    return this.record;
  }

  async write(text: string | null): Promise<void> {
    const token = tokenIn(text);
    this.writes.push(token);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#open);
    await this.#delays.schedule(Promise.resolve());
    this.#open--;
    if (token && this.failing.has(token)) throw new Error('the storage is full');
    this.record = text;
  }
}

function isThenable(value: unknown): boolean {
  return typeof (value as Promise<unknown> | null | undefined)?.then === 'function';
}
