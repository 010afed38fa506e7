import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Stillness } from './stillness.ts';

const PATIENCE = { stillMs: 100, computingMs: 5, silentCpuMs: 1000 };

describe('Stillness', () => {
  it('notices a script that neither prints nor computes', () => {
    const script = new Stillness(PATIENCE, 0);
    script.used(4, 50);
    assert.equal(script.verdict(99), null);
    assert.match(script.verdict(100) ?? '', /no output and no CPU time for 0.1 s/);
  });

  it('lets a script compute in silence, however slowly', () => {
    const script = new Stillness(PATIENCE, 0);
    for (let round = 1; round <= 100; round++) {
      script.used(round * 3, round * 45);
      assert.equal(script.verdict(round * 45), null);
    }
  });

  it('lets a script wait as long as it prints', () => {
    const script = new Stillness(PATIENCE, 0);
    script.used(1, 90);
    script.printed(95);
    script.used(2, 190);
    assert.equal(script.verdict(194), null);
    assert.ok(script.verdict(195));
  });

  it('takes less CPU time for a child that has ended', () => {
    const script = new Stillness(PATIENCE, 0);
    script.used(500, 10);
    script.used(20, 105);
    assert.equal(script.verdict(204), null);
    assert.ok(script.verdict(205));
  });

  it('ends an endless loop by the CPU time since its last output', () => {
    const script = new Stillness(PATIENCE, 0);
    script.used(900, 50);
    script.printed(60);
    script.used(1899, 100);
    assert.equal(script.verdict(100), null);
    script.used(1900, 110);
    assert.match(script.verdict(110) ?? '', /1 s of CPU time without output/);
  });

  it('ends nothing while the CPU time is unknown', () => {
    const script = new Stillness(PATIENCE, 0);
    for (let atMs = 90; atMs < 1000; atMs += 90) {
      script.used(null, atMs);
      assert.equal(script.verdict(atMs), null);
    }
  });
});
