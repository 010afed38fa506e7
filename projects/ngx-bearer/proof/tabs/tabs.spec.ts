// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Model } from '../model.ts';
import { prove, tell } from '../prove.ts';
import type { Patch } from '../seeded-bugs/bug.ts';
import { loadWithBug } from '../seeded-bugs/patched-library.ts';
import { tabs } from './tabs.ts';

const model: Model = { ...tabs, counterexamples: [] };

const LOCKLESS: Patch = {
  file: 'tabs/refresh-lock.ts',
  find: 'return race(run(acquire(`refresh.${key}.${id}`), task, window), timeout);',
  replace: 'return task();',
};

it('two tabs that refresh at once are shrunk to two steps at most, and told', async () => {
  const library = await loadWithBug({ name: 'haste', breaks: ['I2'], patches: [LOCKLESS] });
  const { counterexample } = await prove(model, library, { runs: 1000, seed: 1, only: ['I2'] });
  assert.ok(counterexample);
  assert.match(counterexample.finding, /^I2: it begins while refresh 1 runs/);
  assert.ok(counterexample.program.steps.length <= 2);
  const story = (await tell(model, counterexample.program, library)).join('\n');
  assert.match(story, /→ refresh 1 with A\d+-refresh-\d+-canary by tab \d/);
  assert.match(story, /→ refresh 2 with A\d+-refresh-\d+-canary by tab \d/);
});

it('the same seed lets the same tabs do the same', async () => {
  const library = await loadWithBug({ name: 'none', breaks: [], patches: [] });
  const [first, second] = [
    await prove(model, library, { runs: 100, seed: 9, only: ['I7'] }),
    await prove(model, library, { runs: 100, seed: 9, only: ['I7'] }),
  ];
  assert.deepEqual(
    [first.steps, first.checks, first.occurrences],
    [second.steps, second.checks, second.occurrences],
  );
});
