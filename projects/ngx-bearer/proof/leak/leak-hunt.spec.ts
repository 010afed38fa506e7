// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Patch } from '../seeded-bugs/bug.ts';
import { loadWithBug } from '../seeded-bugs/patched-library.ts';
import { LeakHunt, type LeakRun } from './leak-hunt.ts';

async function huntIn(...patches: Patch[]): Promise<LeakRun> {
  const library = await loadWithBug({ name: 'leak', breaks: [], patches });
  return new LeakHunt(library).run({ rounds: 100, apps: 10 });
}

it('every request ends, for one refresh a round', async () => {
  const { requests, refreshes, byUse, byLeaving } = await huntIn();
  assert.deepEqual([requests, refreshes], [1000, 100]);
  for (const { timers, listeners, subscriptions } of [byUse, byLeaving]) {
    assert.deepEqual({ timers, listeners, subscriptions }, { timers: 0, listeners: 0, subscriptions: 0 });
  }
});

it('a listener that stays is found', async () => {
  const { byLeaving } = await huntIn({
    file: 'refresh/refresh-gate.ts',
    find: 'session.lifetime.add(\n      online',
    replace: '[].concat(\n      online',
  });
  assert.equal(byLeaving.listeners, 11);
});

it('a subscription that stays is found', async () => {
  const { byLeaving } = await huntIn({
    file: 'session/session.ts',
    find: 'this.#commits.complete();',
    replace: '',
  });
  assert.ok(byLeaving.subscriptions >= 11);
});

it('a timer that stays is found', async () => {
  const { byUse } = await huntIn({
    file: 'refresh/cool-down.ts',
    find: 'this.#failure = failure;',
    replace: 'this.#failure = failure; setTimeout(() => undefined, 1e9);',
  });
  assert.ok(byUse.timers > 0);
});
