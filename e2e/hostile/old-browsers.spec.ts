import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { lackingNames } from '../../tools/platform/browsers.ts';
import { API } from './api.ts';
import { type Opened, useHostileStage, type Visit } from './hostile-stage.ts';

const APPLICATIONS = [
  ['exchange', 'fetch', 'memory'],
  ['json', 'xhr', 'local'],
  ['form', 'fetch', 'session'],
  ['cookie', 'xhr', 'memory'],
] as const;

const NAMES = lackingNames();

const theStage = useHostileStage();

describe('a browser with the APIs of the oldest ones alone', () => {
  it('has lost the APIs by which this Chromium is newer', async (test) => {
    const { page, frame } = await openOld({ backend: 'fetch' });
    const deleted = await frame.evaluate(() => window.deleted ?? []);
    test.diagnostic(`${deleted.length} APIs deleted`);
    for (const name of ['URL.canParse', 'Promise.withResolvers', 'Array.toSorted', 'AbortSignal.any']) {
      assert.ok(deleted.includes(name), name);
    }
    assert.deepEqual(
      await frame.evaluate(() => ['canParse' in URL, 'withResolvers' in Promise, 'toSorted' in []]),
      [false, false, false],
    );
    await page.context().close();
  });

  for (const [strategy, backend, storage] of APPLICATIONS) {
    it(`refreshes after a 401 and replays: ${strategy}, ${backend}, ${storage} storage`, async () => {
      await healsIn({ strategy, backend, storage });
    });
  }
});

async function healsIn(visit: Visit): Promise<void> {
  const { api, signIn } = theStage();
  const { page, frame, heard } = await openOld(visit);
  await signIn(frame);
  assert.deepEqual(await send(frame), { status: 200, code: null });
  api.expire();
  assert.deepEqual(await send(frame), { status: 200, code: null });
  const events = await frame.evaluate(() => window.guest.events().map(({ type }) => type));
  assert.deepEqual(events, ['signed-in', 'refreshed']);
  assert.deepEqual(heard.uncaught, []);
  await page.context().close();
}

function openOld(visit: Visit): Promise<Opened> {
  return theStage().visit({ ...visit, before: `(${deleteAll.toString()})(${JSON.stringify(NAMES)})` });
}

function send(frame: Frame) {
  return frame.evaluate((url) => window.guest.send({ url }), `${API}/v1/orders`);
}

/** The page runs this as text, so that it must stand alone. */
function deleteAll(names: readonly string[]): void {
  const scope = globalThis as unknown as Record<string, { readonly prototype?: object } | undefined>;
  const has = (place: object | undefined, name: string): place is object =>
    place !== undefined && Object.hasOwn(place, name);
  const deleted = names.filter((path) => {
    const [owner = '', member] = path.split('.');
    const places = member === undefined ? [scope] : [scope[owner], scope[owner]?.prototype];
    const name = member ?? owner;
    return places.filter((place) => has(place, name) && Reflect.deleteProperty(place, name)).length > 0;
  });
  window.deleted = deleted;
}
