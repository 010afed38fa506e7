import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startDepot } from '../testing/depot-caller.ts';

describe('reports', () => {
  it('show the audit to the manager only', async (test) => {
    const depot = await startDepot(test);
    const [clerk, manager] = [await depot.signIn(), await depot.signIn('exchange', 'manager')];
    assert.equal((await depot.get('/reports/audit', manager.accessToken)).status, 200);
    const { status, headers } = await depot.get('/reports/audit', clerk.accessToken);
    assert.equal(status, 403);
    assert.match(
      headers.get('www-authenticate') ?? '',
      /^Bearer realm="depot", error="insufficient_scope", .*scope="audit"$/,
    );
  });

  it('ask everybody for a stronger sign-in before the payroll', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn('exchange', 'manager');
    const { status, headers } = await depot.get('/reports/payroll', accessToken);
    assert.equal(status, 401);
    assert.match(
      headers.get('www-authenticate') ?? '',
      /error="insufficient_user_authentication", .*acr_values="urn:depot:second-factor", max_age="300"$/,
    );
  });

  it('add up what the depot holds', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const { body } = await depot.get('/reports/summary', accessToken);
    assert.equal(body['orders'], 20);
    assert.ok(Number(body['unpaidCents']) > 0 && Number(body['shipmentsUnderWay']) > 0);
  });
});
