import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choices, queryFor, settingsFrom } from './demo-settings.ts';

describe('demo settings', () => {
  it('start with the first of each choice', () => {
    assert.deepEqual(settingsFrom(''), {
      protocol: 'exchange',
      storage: 'local',
      backend: 'fetch',
      registration: 'functional',
    });
  });

  it('survive the way into the address and back, in every combination', () => {
    for (const settings of everyCombination()) assert.deepEqual(settingsFrom(queryFor(settings)), settings);
  });

  it('take the default for what an address names wrongly', () => {
    const settings = settingsFrom('?protocol=carrier-pigeon&storage=&backend=xhr&other=1');

    assert.deepEqual(settings, { ...settingsFrom(''), backend: 'xhr' });
  });
});

function everyCombination() {
  return choices.protocol.flatMap((protocol) =>
    choices.storage.flatMap((storage) =>
      choices.backend.flatMap((backend) =>
        choices.registration.map((registration) => ({ protocol, storage, backend, registration })),
      ),
    ),
  );
}
