import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { API, json } from './api.ts';
import { useHostileStage, type Visit, withoutPreflights, withToken } from './hostile-stage.ts';
import { BACKENDS, type GuestEnd, STRATEGIES } from './page/contract.ts';
import { Tally } from './tally.ts';
import type { Answer } from './town.ts';

const STATUSES = [301, 302, 303, 307, 308];
const METHODS = ['GET', 'POST'] as const;
const EVIL = 'https://evil.example';
const EVIL_TOKENS = { access_token: 'evil-access', refresh_token: 'evil-refresh', expires_in: 3600 };
const EVIL_ANSWERS = [json(200, EVIL_TOKENS), json(401, {}), json(400, { error: 'invalid_grant' })];

const theStage = useHostileStage();

describe('a redirect of a call to another origin', () => {
  for (const backend of BACKENDS) {
    it(`is followed without the token in Authorization, by ${backend}`, async (test) => {
      const tally = await redirectCalls({ backend });
      test.diagnostic(tally.toString());
      assert.deepEqual([tally.leaked, tally.arrived], [[], tally.tried]);
    });

    it(`brings a 401 from there, for which nothing is refreshed, by ${backend}`, async () => {
      const { town, api, visit, signIn } = theStage();
      town.settle(EVIL, () => json(401, {}));
      const { page, frame } = await visit({ backend });
      await signIn(frame);
      api.redirect = redirectTo(302);
      assert.deepEqual(await send(frame, '/v1/redirect'), { status: 401, code: null });
      const paths = withoutPreflights(town.takeArrivals()).map(({ path }) => path);
      assert.deepEqual(paths, ['/v1/redirect', '/caught']);
      await page.context().close();
    });
  }

  it('is not followed by fetch with the token in another header', async (test) => {
    const tally = await redirectCalls({ backend: 'fetch', headerName: 'X-Token' });
    test.diagnostic(tally.toString());
    assert.deepEqual([tally.leaked, tally.arrived], [[], 0]);
  });

  // The browser asks the other origin for leave, and nobody else: no page can forbid it.
  it('is followed by XMLHttpRequest with the token in another header, of which development warns', async (test) => {
    const tally = await redirectCalls({ backend: 'xhr', headerName: 'X-Token', mode: 'development' });
    test.diagnostic(`known, XMLHttpRequest alone: ${tally.toString()}`);
    assert.deepEqual([tally.leaked.length, tally.arrived], [tally.tried, tally.tried]);
  });
});

describe('a redirect of the refresh to another origin', () => {
  for (const strategy of STRATEGIES) {
    for (const backend of BACKENDS) {
      it(`is not followed, with the strategy ${strategy} in an app on ${backend}`, async (test) => {
        const tally = await redirectRefreshes({ backend, strategy });
        test.diagnostic(tally.toString());
        assert.deepEqual([tally.leaked, tally.arrived], [[], 0]);
      });
    }
  }
});

/** Sends a call into each redirect. */
async function redirectCalls(visit: Visit): Promise<Tally> {
  const { town, api, visit: open, signIn } = theStage();
  const tally = new Tally('redirects');
  town.settle(EVIL, () => json(200, EVIL_TOKENS));
  const { page, frame, heard } = await open(visit);
  await signIn(frame);
  for (const status of STATUSES) {
    api.redirect = redirectTo(status);
    for (const method of METHODS) {
      await send(frame, '/v1/redirect', method);
      count(tally, `${method} ${status}`);
    }
  }
  if (visit.mode === 'development') assert.match(heard.written.join('\n'), /redirect.*XHR/);
  await page.context().close();
  return tally;
}

/** Has a rejected call refreshed, each time into a redirect to somebody who answers as a server of ours would. */
async function redirectRefreshes(visit: Visit): Promise<Tally> {
  const { town, api, visit: open, signIn } = theStage();
  const tally = new Tally('redirects');
  const { page, frame } = await open(visit);
  for (const answer of EVIL_ANSWERS) {
    town.settle(EVIL, () => answer);
    for (const status of STATUSES) {
      await signIn(frame);
      api.expire();
      api.refreshAnswer = () => redirectTo(status);
      assert.deepEqual(await send(frame, '/v1/orders'), { status: 0, code: 'refresh-unavailable' });
      assert.equal(await frame.evaluate(() => window.guest.signedIn()), true);
      const arrivals = count(tally, String(status));
      assert.ok(!JSON.stringify(arrivals).includes('evil-'), 'a token from elsewhere is in use');
      api.refreshAnswer = null;
    }
  }
  const events = await frame.evaluate(() => window.guest.events().map(({ type }) => type));
  assert.deepEqual(new Set(events), new Set(['signed-in', 'refresh-unavailable']));
  await page.context().close();
  return tally;
}

function count(tally: Tally, name: string) {
  const arrivals = theStage().town.takeArrivals();
  const elsewhere = arrivals.filter(({ origin }) => origin !== API);
  tally.add(name, { arrived: withoutPreflights(elsewhere).length, leaked: withToken(elsewhere).length });
  assert.ok(arrivals.length > elsewhere.length, 'the API was not asked');
  return arrivals;
}

function send(frame: Frame, path: string, method: 'GET' | 'POST' = 'GET'): Promise<GuestEnd> {
  return frame.evaluate((call) => window.guest.send(call), { url: API + path, method });
}

function redirectTo(status: number): Answer {
  return { status, headers: { Location: `${EVIL}/caught` } };
}
