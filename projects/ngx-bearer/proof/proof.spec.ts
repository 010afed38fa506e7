// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Model } from './model.ts';
import { oneTab } from './one-tab.ts';
import { prove, tell } from './prove.ts';
import { loadWithBug } from './seeded-bugs/patched-library.ts';
import type { Patch } from './seeded-bugs/bug.ts';

const GREEDY: Patch = {
  file: 'auth-interceptor.ts',
  find: 'mostSpecific(this.#sessions, request.urlWithParams)',
  replace: 'this.#sessions[0]',
};

const model: Model = oneTab;

it('a broken promise is shrunk to the one step that breaks it, and told', async () => {
  const library = await loadWithBug({ name: 'greed', breaks: ['I1'], patches: [GREEDY] });
  const { counterexample } = await prove(model, library, { runs: 1000, seed: 1, only: ['I1'] });
  assert.ok(counterexample);
  assert.match(counterexample.finding, /^I1: a token leaves to /);
  assert.equal(counterexample.program.steps.length, 1);
  assert.match(model.describe(counterexample.program), /1\. request: .*place /);
  assert.match((await tell(model, counterexample.program, library)).join('\n'), /→ call 1 is sent A1-access/);
});

it('the same seed runs the same programs', async () => {
  const library = await loadWithBug({ name: 'none', breaks: [], patches: [] });
  const [first, second] = [
    await prove(model, library, { runs: 50, seed: 9 }),
    await prove(model, library, { runs: 50, seed: 9 }),
  ];
  assert.deepEqual(
    [first.steps, first.checks, first.occurrences],
    [second.steps, second.checks, second.occurrences],
  );
});
