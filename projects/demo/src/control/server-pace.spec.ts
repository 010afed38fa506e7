import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerOf, answers, answerSettings, nearestPace, paces, paceSettings } from './server-pace.ts';

describe('server pace', () => {
  it('leaves the pace alone when only the answer changes', () => {
    assert.deepEqual(answerSettings('tokens', 'hang', 'everyday'), { refreshAnswer: 'hang' });
    assert.deepEqual(answerSettings('refused', 'tokens', 'everyday'), { refreshAnswer: 'tokens' });
  });

  it('makes a slow answer of late tokens, and ends it at the pace of the network', () => {
    assert.deepEqual(answerSettings('tokens', 'slow', 'local'), {
      refreshAnswer: 'tokens',
      refreshLatencyMs: 1_500,
    });
    assert.deepEqual(answerSettings('slow', 'unavailable', 'everyday'), {
      refreshAnswer: 'unavailable',
      refreshLatencyMs: 350,
    });
  });

  it('keeps a slow answer slow on another network', () => {
    assert.deepEqual(paceSettings('slow', 'local'), { latencyMs: 0, refreshLatencyMs: 1_500 });
    assert.deepEqual(paceSettings('tokens', 'everyday'), { latencyMs: 120, refreshLatencyMs: 350 });
  });

  it('finds each choice again in what the server was told', () => {
    for (const { value } of answers) {
      const told = { refreshAnswer: 'tokens', latencyMs: 0, refreshLatencyMs: 0 } as const;
      assert.equal(answerOf({ ...told, ...answerSettings('tokens', value, 'local') }), value);
    }
    for (const { value, latencyMs, refreshLatencyMs } of paces) {
      assert.equal(nearestPace({ refreshAnswer: 'tokens', latencyMs, refreshLatencyMs }), value);
    }
  });
});
