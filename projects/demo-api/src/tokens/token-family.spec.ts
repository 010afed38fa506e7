import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TokenFamily } from './token-family.ts';

const ACCOUNT = { username: 'clerk', subject: 'user-1', name: 'Clerk', mayAudit: false };

describe('a token family', () => {
  it('does not prolong the grace of a token that is spent twice within it', () => {
    const family = new TokenFamily(ACCOUNT, 'exchange');
    family.addAccessToken('first', family.nextVersion(), 60_000);
    const spendAt = (nowMs: number) =>
      family.spendAccessToken('first', { nowMs, graceMs: 1000 }, 60_000).outcome;
    assert.deepEqual(
      [spendAt(0), spendAt(900), spendAt(999), spendAt(1000)],
      ['good', 'good', 'good', 'spent'],
    );
  });

  it('tells a spent token from one whose session has ended', () => {
    const family = new TokenFamily(ACCOUNT, 'oauth');
    const moment = { nowMs: 0, graceMs: 0 };
    family.addRefreshToken('first', family.nextVersion(), 60_000);
    family.addRefreshToken('second', family.nextVersion(), 60_000);
    family.spendRefreshToken('first', moment);
    family.end();
    assert.equal(family.spendRefreshToken('first', moment).outcome, 'spent');
    assert.equal(family.spendRefreshToken('second', moment).outcome, 'ended');
    assert.equal(family.spendRefreshToken('third', moment).outcome, 'unknown');
  });

  it('forgets its oldest tokens, so that it stays small', () => {
    const family = new TokenFamily(ACCOUNT, 'exchange');
    for (let number = 0; number <= 1000; number += 1) {
      family.addAccessToken(`token ${number}`, family.nextVersion(), 60_000);
    }
    const moment = { nowMs: 0, graceMs: 0 };
    assert.equal(family.judgeAccessToken('token 0', moment).outcome, 'unknown');
    assert.equal(family.judgeAccessToken('token 1', moment).outcome, 'good');
  });
});
