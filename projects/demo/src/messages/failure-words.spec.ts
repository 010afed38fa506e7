import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failureInWords, type Failure } from './failure-words.ts';

describe('failure words', () => {
  it('ask to sign in again once the session has ended, by code or by the caller’s own 401', () => {
    const words = 'The session has ended. Please sign in again.';

    assert.equal(failureInWords(failure({ code: 'session-ended', status: 401 }), 0), words);
    assert.equal(failureInWords(failure({ status: 401, signedIn: false }), 0), words);
  });

  it('count down to the next try, and then say who makes it', () => {
    const unavailable = failure({ code: 'refresh-unavailable', status: 503, retryAt: 10_000 });

    assert.equal(
      failureInWords(unavailable, 6_000),
      'The sign-in server cannot be reached; next try in 4 s.',
    );
    assert.equal(
      failureInWords(unavailable, 9_999),
      'The sign-in server cannot be reached; next try in 1 s.',
    );
    assert.equal(
      failureInWords(unavailable, 10_000),
      'The sign-in server cannot be reached; the next call tries again.',
    );
  });

  it('say that the refresh limit is reached', () => {
    const limited = failure({ code: 'refresh-limit', retryAt: 3_000 });

    assert.equal(failureInWords(limited, 0), 'Too many refreshes in a short time; next try in 3 s.');
  });

  it('tell a rejection inside a session from the end of one', () => {
    assert.match(failureInWords(failure({ status: 401 }), 0), /did not accept the token .* \(401\)/);
  });

  it('have a sentence of its own for each common status', () => {
    const statuses = [0, 403, 413, 500];
    const sentences = statuses.map((status) => failureInWords(failure({ status }), 0));

    assert.equal(new Set(sentences).size, statuses.length);
    assert.ok(sentences.every((sentence) => sentence.endsWith('.')));
  });
});

function failure(known: Partial<Failure>): Failure {
  return { status: 0, code: null, signedIn: true, retryAt: null, ...known };
}
