// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadWithBug, readWithBug } from './patched-library.ts';
import { suites } from './suites.ts';

const seededBugs = suites.flatMap(({ bugs }) => bugs);

it('every seeded bug fits the source of today', async () => {
  for (const { name, patches } of seededBugs) {
    for (const patch of patches) await assert.doesNotReject(readWithBug(patch, name));
  }
});

it('there is a seeded bug for every invariant', () => {
  for (const { model, bugs } of suites) {
    const broken = new Set(bugs.flatMap(({ breaks }) => breaks));
    assert.deepEqual([...broken].sort(), model.invariants.map(({ id }) => id).sort());
  }
});

it('no two seeded bugs have one name', () => {
  assert.equal(new Set(seededBugs.map(({ name }) => name)).size, seededBugs.length);
});

it('a patch that no longer fits is named', async () => {
  const patch = { file: 'auth-interceptor.ts', find: 'what stands nowhere', replace: '' };
  await assert.rejects(
    loadWithBug({ name: 'greed', breaks: ['I1'], patches: [patch] }),
    /'greed' no longer fits: auth-interceptor\.ts holds 0 times/,
  );
});
