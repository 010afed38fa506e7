import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { API, REFRESH_PATH } from './api.ts';
import { MODES } from './build-page.ts';
import { OWN, useHostileStage, withoutPreflights, withToken } from './hostile-stage.ts';
import { BACKENDS, type GuestEnd } from './page/contract.ts';

const EVIL = 'https://evil.example';
const ORDERS = `${API}/v1/orders`;
const HEALED: readonly GuestEnd[] = Array(3).fill({ status: 200, code: null }) as GuestEnd[];
/** What a session is kept in, how it is refreshed, and what of it a sandboxed frame has not. */
const NOT_THERE = [
  ['local', 'json', 'localStorage'],
  ['session', 'form', 'sessionStorage'],
  ['memory', 'cookie', 'localStorage'],
] as const;

const theStage = useHostileStage();

describe('a page whose base is elsewhere', () => {
  for (const backend of BACKENDS) {
    it(`sends relative URLs there without a token, by ${backend}`, async () => {
      const { town, visit, signIn } = theStage();
      const head = `<base href="${EVIL}/orders/">`;
      const { page, frame } = await visit({ backend, head, allow: ['/', API] });
      await signIn(frame);
      for (const url of ['7', './7', '/orders', '?page=2', '', '#top']) await send(frame, url);
      const strays = town.takeArrivals();
      assert.deepEqual(new Set(strays.map(({ origin }) => origin)), new Set([EVIL]));
      assert.deepEqual([strays.length, withToken(strays).length], [6, 0]);
      for (const url of [`${OWN}/orders`, ORDERS]) await send(frame, url);
      assert.deepEqual(
        withToken(town.takeArrivals()).map(({ origin }) => origin),
        [OWN, API],
        'both rules still hold for whole URLs',
      );
      await page.context().close();
    });
  }
});

describe('a sandboxed frame', () => {
  for (const mode of MODES) {
    for (const [storage, strategy, missing] of NOT_THERE) {
      it(`keeps a session for ${storage} in memory and heals a 401 by ${strategy}, in ${mode}`, async () => {
        const { town, visit } = theStage();
        const { page, frame, heard } = await visit({ mode, storage, strategy, sandbox: 'allow-scripts' });
        assert.equal(await frame.evaluate(() => self.origin), 'null');
        assert.equal(await frame.evaluate(ownsStorage), false);
        assert.deepEqual(await callAfterExpiry(frame), HEALED);
        const arrivals = withoutPreflights(town.takeArrivals());
        assert.deepEqual(new Set(arrivals.map(({ origin }) => origin)), new Set([API]));
        assert.equal(arrivals.filter(({ path }) => path === REFRESH_PATH).length, 1, 'one refresh');
        await frame.evaluate(() => window.guest.signOut());
        assert.equal(await frame.evaluate(() => window.guest.signedIn()), false);
        assert.deepEqual(heard.uncaught, []);
        const warning =
          `warning: ngx-bearer: this page has no ${missing}; the session stays in memory. ` +
          'This warning appears once, and only in development.';
        assert.deepEqual(heard.written, mode === 'production' ? [] : [warning]);
        await page.context().close();
      });
    }
  }
});

describe('a page with a strict Content Security Policy and Trusted Types', () => {
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    `connect-src ${API}`,
    'img-src data:',
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

  for (const mode of MODES) {
    for (const backend of BACKENDS) {
      it(`is broken nowhere by a whole life, by ${backend} in ${mode}`, async () => {
        const { visit } = theStage();
        const { page, frame, heard } = await visit({ mode, backend, policy, storage: 'local' });
        assert.deepEqual(await callAfterExpiry(frame), HEALED);
        await frame.evaluate(() => window.guest.signOut());
        assert.deepEqual(await violations(frame), []);
        assert.deepEqual([heard.written, heard.uncaught], [[], []]);
        await page.context().close();
      });
    }
  }

  it('says so where it is broken', async () => {
    const { visit } = theStage();
    const { page, frame } = await visit({ policy });
    await send(frame, `${EVIL}/`);
    await frame.evaluate(writeMarkup);
    const directives = (await violations(frame)).map((violation) => violation.split(' ')[0]);
    assert.deepEqual(directives, ['connect-src', 'require-trusted-types-for']);
    await page.context().close();
  });
});

/** Signs in, lets the token run out at the server, and calls three times at once, once to write. */
async function callAfterExpiry(frame: Frame): Promise<readonly GuestEnd[]> {
  const { api, signIn } = theStage();
  await signIn(frame);
  api.expire();
  return Promise.all([send(frame, ORDERS), send(frame, `${ORDERS}/7`), send(frame, ORDERS, 'POST')]);
}

function send(frame: Frame, url: string, method: 'GET' | 'POST' = 'GET'): Promise<GuestEnd> {
  return frame.evaluate((call) => window.guest.send(call), { url, method });
}

async function violations(frame: Frame): Promise<readonly string[]> {
  // They are told of in a later task.
  await frame.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  return frame.evaluate(() => window.guest.violations());
}

// The page runs the following as text, so that each must stand alone.
function ownsStorage(): boolean {
  try {
    return localStorage.length >= 0;
  } catch {
    return false;
  }
}

function writeMarkup(): void {
  try {
    document.body.innerHTML = '<p>Markup from a string</p>';
  } catch {
    // Trusted Types refuse it, and tell of it by an event.
  }
}
