import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inWords, spanFor, ticksFor } from './time-scale.ts';

describe('time scale', () => {
  it('always has room for what has passed, and never twice as much', () => {
    for (let elapsedMs = 50; elapsedMs < 60_000; elapsedMs += 37) {
      const spanMs = spanFor(elapsedMs);
      assert.ok(spanMs >= elapsedMs && spanMs < elapsedMs * 2, `${elapsedMs} ms on an axis of ${spanMs} ms`);
    }
  });

  it('shows a short burst on an axis of 50 ms', () => {
    assert.equal(spanFor(0), 50);
    assert.equal(spanFor(3), 50);
  });

  it('marks two to five round moments', () => {
    for (const spanMs of [50, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500, 1_200, 3_000, 60_000]) {
      const ticks = ticksFor(spanMs);
      assert.equal(ticks[0], 0);
      assert.ok(ticks.length >= 2 && ticks.length <= 5, `${ticks.length} ticks on ${spanMs} ms`);
      assert.ok(ticks.every((tick) => tick <= spanMs));
    }
    assert.deepEqual(ticksFor(400), [0, 100, 200, 300, 400]);
  });

  it('names durations as a reader would', () => {
    assert.equal(inWords(4.4), '4 ms');
    assert.equal(inWords(120), '120 ms');
    assert.equal(inWords(1_500), '1.5 s');
    assert.equal(inWords(2_000), '2 s');
    assert.equal(inWords(3_004), '3 s');
  });
});
