import { setup } from '../spec/setup';
import { attempt, attemptOrIgnore, ignoreErrors, STORAGE_TIMEOUT_MS } from './attempt';

describe('an operation of a storage', () => {
  it('emits at once if it answers at once', () => {
    expect(watch(attempt(() => 'record'))).toEqual(['record', 'complete']);
  });

  it('emits what its promise resolves to', async () => {
    const { clock } = setup();
    const emitted = watch(attempt(() => Promise.resolve('record')));
    expect(emitted).toEqual([]);
    await clock.settle();
    expect([emitted, clock.pendingTimers]).toEqual([['record', 'complete'], 0]);
  });

  it('fails if it takes longer than 2 s', () => {
    const { clock } = setup();
    const emitted = watch(attempt(() => new Promise(() => undefined)));
    clock.advance(STORAGE_TIMEOUT_MS - 1);
    expect(emitted).toEqual([]);
    clock.advance(1);
    expect([emitted, STORAGE_TIMEOUT_MS]).toEqual([['error'], 2000]);
  });

  it('emits undefined if it fails and its errors are ignored', async () => {
    const { clock } = setup();
    const fail = (): unknown => {
      throw new Error('the storage is broken');
    };
    expect(watch(attempt(fail))).toEqual(['error']);
    expect(watch(attemptOrIgnore(fail))).toEqual([undefined, 'complete']);
    const rejected = watch(attemptOrIgnore(() => Promise.reject(new Error('the storage is broken'))));
    await clock.settle();
    expect([rejected, ignoreErrors(fail), ignoreErrors(() => 1)]).toEqual([
      [undefined, 'complete'],
      undefined,
      1,
    ]);
  });
});

/** What an observable emits, and how it ends. */
function watch(source: ReturnType<typeof attempt>): unknown[] {
  const emitted: unknown[] = [];
  source.subscribe({
    next: (value) => emitted.push(value),
    error: () => emitted.push('error'),
    complete: () => emitted.push('complete'),
  });
  return emitted;
}
