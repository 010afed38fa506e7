import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { difference, readCounters } from './server-counters.ts';

describe('server counters', () => {
  it('takes from a message what it shows', () => {
    const message = '{"requests":12,"rejections":6,"refreshes":1,"applications":0,"logins":3}';

    assert.deepEqual(readCounters(message), { requests: 12, rejections: 6, refreshes: 1, applications: 0 });
  });

  it('takes nothing from a message that lacks a figure', () => {
    for (const message of [
      'null',
      '7',
      '{}',
      '{"requests":"12","rejections":6,"refreshes":1,"applications":0}',
    ]) {
      assert.equal(readCounters(message), null);
    }
  });

  it('tells what was counted since an earlier moment', () => {
    const before = { requests: 6, rejections: 0, refreshes: 2, applications: 1 };
    const now = { requests: 18, rejections: 6, refreshes: 3, applications: 1 };

    assert.deepEqual(difference(now, before), { requests: 12, rejections: 6, refreshes: 1, applications: 0 });
  });
});
