import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventInWords, type Occasion } from './event-words.ts';

describe('event words', () => {
  it('tell a refresh here from one in another tab', () => {
    assert.equal(eventInWords({ type: 'refreshed', origin: 'this-tab' }, at(0)), 'New tokens.');
    assert.equal(
      eventInWords({ type: 'refreshed', origin: 'other-tab' }, at(0)),
      'New tokens, in another tab.',
    );
  });

  it('say who signed in, where the token tells', () => {
    const event = { type: 'signed-in', origin: 'this-tab' } as const;

    assert.equal(eventInWords(event, { now: 0, name: 'Clerk' }), 'Signed in as Clerk.');
    assert.equal(eventInWords(event, at(0)), 'Signed in.');
  });

  it('name why no tokens came, and when the next try is', () => {
    const event = {
      type: 'refresh-unavailable',
      reason: 'timeout',
      retryAt: 4_200,
      origin: 'this-tab',
    } as const;

    assert.equal(
      eventInWords(event, at(1_000)),
      'No new tokens: the sign-in server took too long. Next try in 4 s.',
    );
  });

  it('never promise a try in the past', () => {
    const event = {
      type: 'refresh-unavailable',
      reason: 'server',
      retryAt: 1_000,
      origin: 'this-tab',
    } as const;

    assert.match(eventInWords(event, at(9_000)), /in 0 s\.$/);
  });

  it('give each end of a session its reason', () => {
    const reasons = ['user', 'refused', 'other-tab'] as const;
    const sentences = reasons.map((reason) =>
      eventInWords({ type: 'signed-out', reason, origin: 'this-tab' }, at(0)),
    );

    assert.equal(new Set(sentences).size, reasons.length);
  });
});

function at(now: number): Occasion {
  return { now, name: null };
}
