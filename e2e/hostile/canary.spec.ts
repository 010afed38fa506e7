import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ENGINE } from '../stage/engine.ts';
import { eventually } from '../stage/eventually.ts';
import { CANARY, json } from './api.ts';
import { MODES } from './build-page.ts';
import { type Opened, OWN, useHostileStage, withToken } from './hostile-stage.ts';
import { ELSEWHERE, lives, REFRESH_TIMEOUT_MS } from './lives.ts';
import { BACKENDS } from './page/contract.ts';

const PLAN = { storage: 'local', refreshTimeout: REFRESH_TIMEOUT_MS } as const;
const theStage = useHostileStage();

describe('a token', () => {
  for (const mode of MODES) {
    for (const backend of BACKENDS) {
      it(`shows nowhere, whatever becomes of it, by ${backend} in ${mode}`, async (test) => {
        const stage = theStage();
        const { town, visit } = stage;
        town.settle(ELSEWHERE, () => json(200, { access_token: `${CANARY}-elsewhere` }));
        const opened = await visit({ ...PLAN, mode, backend });
        for (const [name, live] of Object.entries(lives)) {
          await live({ stage, frame: opened.frame });
          assert.deepEqual(await sightings(opened), [], `after ${name}`);
        }
        await opened.page.context().close();
        const sent = withToken(town.takeArrivals()).length;
        test.diagnostic(`lives: ${Object.keys(lives).length}; requests with a token: ${sent}; sightings: 0`);
        assert.ok(sent > Object.keys(lives).length, 'there were no tokens to see');
        assert.deepEqual(opened.heard.uncaught, []);
      });
    }

    it(`shows nowhere when there is no room to keep it, in ${mode}`, async () => {
      const { visit, signIn } = theStage();
      const opened = await visit({ ...PLAN, mode });
      const { page, frame } = opened;
      if (ENGINE === 'chromium') {
        const devtools = await page.context().newCDPSession(page);
        await devtools.send('Storage.overrideQuotaForOrigin', { origin: OWN, quotaSize: 1 });
      }
      await frame.evaluate(fillLocalStorage);
      await signIn(frame);
      const types = () => frame.evaluate(() => window.guest.events().map(({ type }) => type));
      await eventually(async () => (await types()).includes('storage-failed'), true);
      assert.deepEqual(await sightings(opened), []);
      await page.context().close();
    });
  }
});

describe('the search for a token', () => {
  it('finds one in every place', async () => {
    const opened = await theStage().visit({ ...PLAN, mode: 'development' });
    await opened.frame.evaluate(plant, `${CANARY}-planted`);
    const places = ['the console', 'the document', 'an address', 'a cookie', 'a message'];
    assert.deepEqual(await sightings(opened), [...places, 'a foreign storage', 'an error'].toSorted());
    await opened.page.context().close();
  });

  const hidingPlaces: Readonly<Record<string, (text: string) => void>> = {
    'the stack of an error': (text) =>
      window.guest.keepError(Object.assign(new Error('no'), { stack: text })),
    'the cause of a cause': (text) =>
      window.guest.keepError(new Error('no', { cause: new Error('no', { cause: { text } }) })),
    'what enumeration leaves out': (text) =>
      window.guest.keepError(Object.defineProperty(new Error('no'), 'token', { value: text })),
    'what only JSON shows': (text) => window.guest.keepError({ toJSON: () => text }),
    'what only a string shows': (text) => window.guest.keepError({ toString: () => text }),
    sessionStorage: (text) => sessionStorage.setItem('others', text),
    'the name of an entry of the library': (text) => localStorage.setItem(`ngx-bearer.${text}`, ''),
    'the state of the history': (text) => history.replaceState({ text }, ''),
    'a mark of the timeline': (text) => void performance.mark('mark', { detail: { text } }),
    'a field': (text) =>
      document.body.append(Object.assign(document.createElement('input'), { value: text })),
  };
  for (const [name, hide] of Object.entries(hidingPlaces)) {
    it(`finds one in ${name}`, async () => {
      const opened = await theStage().visit({ ...PLAN });
      assert.deepEqual(await sightings(opened), []);
      await opened.frame.evaluate(hide, `${CANARY}-hidden`);
      assert.equal((await sightings(opened)).length, 1);
      await opened.page.context().close();
    });
  }
});

/** The places where a token shows. */
async function sightings({ frame, heard }: Opened): Promise<string[]> {
  const places = await frame.evaluate((text) => window.guest.placesThatShow(text), CANARY);
  const isHeard = (await heard.everything()).includes(CANARY);
  return [...places, ...(isHeard ? ['the console'] : [])].toSorted();
}

// The page runs the following as text, so that each must stand alone.
async function plant(text: string): Promise<void> {
  console.warn({ deep: { text } });
  document.body.append(text);
  history.replaceState(null, '', `#${text}`);
  document.cookie = `others=${text}`;
  new BroadcastChannel('others').postMessage({ text });
  localStorage.setItem('others', text);
  const opening = indexedDB.open('others');
  opening.onupgradeneeded = () => opening.result.createObjectStore('texts').put(text, 'one');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  opening.result.close();
  window.guest.keepError(new Error(text));
}

/** To the last characters: less than any record needs. */
function fillLocalStorage(): void {
  for (let length = 1_048_576, count = 0; length >= 1; count++) {
    try {
      localStorage.setItem(`filler-${count}`, '.'.repeat(length));
    } catch {
      length = Math.floor(length / 2);
    }
  }
}
