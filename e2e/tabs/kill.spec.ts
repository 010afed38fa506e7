import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ENGINE } from '../stage/engine.ts';
import { type Aftermath, type KillPlan, killRefresher, POINTS, WAYS } from './kill.ts';
import { objections } from './kill-verdict.ts';
import { startOwnBrowser } from './own-browser.ts';

// Each waits more than it works; but in Firefox each tab is a process here, which takes a second to start.
const AT_ONCE = ENGINE === 'firefox' ? 2 : 6;

const own = await startOwnBrowser();
after(() => own.close());

// Once each, as this is part of every run; `npm run e2e:tabs -- --kill 10` does it again and again.
describe('when the tab that refreshes', { concurrency: AT_ONCE }, () => {
  for (const way of WAYS) {
    for (const point of POINTS) {
      it(`is ${way} with its refresh ${point}, the others go on`, async () => {
        await goOn({ way, point });
      });
    }
    it(`is ${way}, and there are no Web Locks, the others go on`, async () => {
      await goOn({ way, point: 'sent', condition: 'lockless' });
    });
  }

  it('is closed with the answer, a server with a grace period heals it', async () => {
    const { waited, afterwards, refreshesSent } = await goOn({
      way: 'closed',
      point: 'answered',
      protocol: 'grace',
    });
    assert.deepEqual(
      [...waited, ...afterwards].map(({ status }) => status),
      [200, 200, 200, 200],
    );
    assert.equal(refreshesSent, 2);
  });
});

async function goOn(cell: Pick<KillPlan, 'way' | 'point'> & Partial<KillPlan>): Promise<Aftermath> {
  const aftermath = await killRefresher({
    protocol: 'oidc',
    condition: 'quiet',
    context: own.context,
    ...cell,
  });
  assert.deepEqual(objections(cell, aftermath), [], JSON.stringify(aftermath, null, 2));
  return aftermath;
}
