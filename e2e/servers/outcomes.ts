import assert from 'node:assert/strict';
import type { CallEnd } from './page/contract.ts';

/** Every caller gets the status of the refresh, and the session is kept. */
export function assertUnavailable(ends: readonly CallEnd[], status: number): void {
  const expected = { status, body: null, code: 'refresh-unavailable' };
  assert.deepEqual(
    ends,
    ends.map(() => expected),
  );
}

/** Every caller gets the rejection of its own request. */
export function assertRefused(ends: readonly CallEnd[], status: number): void {
  assert.deepEqual(
    ends,
    ends.map(() => ({ status, body: null, code: null })),
  );
}
