import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

/** Waits for something that happens elsewhere, however busy the machine is. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!(await condition())) {
    assert.ok(performance.now() < deadlineMs, 'it does not happen within 10 s');
    await setTimeout(25);
  }
}
