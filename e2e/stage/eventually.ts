import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

const LONGEST_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 20;

/** Waits until what is read is what is expected, and shows the difference when it never is. */
export async function eventually<Value>(read: () => Promise<Value>, expected: Value): Promise<void> {
  const actual = await untilTrue(read, (value) => isDeepStrictEqual(value, expected));
  assert.deepEqual(actual, expected);
}

/** Waits until a text that is read matches. */
export async function eventuallyMatches(read: () => Promise<string>, pattern: RegExp): Promise<void> {
  assert.match(await untilTrue(read, (text) => pattern.test(text)), pattern);
}

/** Reads until it is what is expected, or too late: returns what was read last. */
export async function untilTrue<Value>(
  read: () => Promise<Value>,
  isExpected: (value: Value) => boolean,
  longestMs = LONGEST_WAIT_MS,
): Promise<Value> {
  const deadline = performance.now() + longestMs;
  for (;;) {
    const value = await read();
    if (isExpected(value) || performance.now() > deadline) return value;
    await setTimeout(LOOK_EVERY_MS);
  }
}
