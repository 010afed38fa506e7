import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { API } from './api.ts';
import { OWN, useHostileStage, withoutPreflights, withToken } from './hostile-stage.ts';
import { BACKENDS, type Corpus, type GuestPlan } from './page/contract.ts';
import { Tally } from './tally.ts';
import type { Arrival } from './town.ts';

/** URLs, and the one rule they are judged by. */
interface Table {
  readonly rule: string;
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

const FEWEST_URLS = 60;
const theStage = useHostileStage();

describe('a URL, sent for real', () => {
  for (const backend of BACKENDS) {
    it(`that is hostile takes no token along, and its 401 has none refreshed, by ${backend}`, async (test) => {
      const tally = new Tally('hostile URLs');
      for (const { rule, outside } of await readTables()) {
        await sendAll({ backend, allow: [rule] }, outside, (url, arrivals) => {
          tally.add(url, {
            arrived: withoutPreflights(arrivals).length,
            leaked: withToken(arrivals).length,
          });
        });
      }
      test.diagnostic(tally.toString());
      assert.deepEqual(tally.leaked, []);
      assert.ok(tally.tried >= FEWEST_URLS, `only ${tally.tried} URLs were tried`);
      assert.ok(tally.arrived >= FEWEST_URLS, `only ${tally.arrived} requests arrived`);
    });

    it(`that is inside takes the token to its place, by ${backend}`, async (test) => {
      const without: string[] = [];
      const tally = new Tally('URLs that are inside');
      for (const { rule, inside } of await readTables()) {
        await sendAll({ backend, allow: [rule] }, inside, (url, arrivals) => {
          const carriers = withToken(arrivals);
          const leaks = carriers.filter(({ origin }) => origin !== (rule.startsWith('/') ? OWN : API));
          tally.add(url, { arrived: withoutPreflights(arrivals).length, leaked: leaks.length });
          if (carriers.length !== 1) without.push(url);
        });
      }
      test.diagnostic(tally.toString());
      assert.deepEqual([tally.leaked, without], [[], []]);
    });
  }
});

/** Signs in on a new page, sends each URL in turn, and tells what arrived for it. */
async function sendAll(
  plan: Partial<GuestPlan>,
  urls: readonly string[],
  tell: (url: string, arrivals: readonly Arrival[]) => void,
): Promise<void> {
  const { town, visit, signIn } = theStage();
  const { page, frame } = await visit(plan);
  await signIn(frame);
  for (const url of urls) {
    await frame.evaluate((to) => window.guest.send({ url: to }), url);
    tell(url, town.takeArrivals());
  }
  await page.context().close();
}

/** The tables that the specs of the library judge. */
async function readTables(): Promise<readonly Table[]> {
  const { page, frame } = await theStage().visit();
  const { origin, path, own } = await frame.evaluate(() => window.guest.corpus());
  await page.context().close();
  const ownRules = [...new Set(own.map(([rule]) => rule))];
  return [
    { rule: API, ...origin },
    { rule: `${API}/v1`, ...path },
    ...ownRules.map((rule) => ({
      rule,
      inside: urlsOf(own, rule, true),
      outside: urlsOf(own, rule, false),
    })),
  ];
}

function urlsOf(own: Corpus['own'], rule: string, wanted: boolean): string[] {
  return own.filter(([of, , isInside]) => of === rule && isInside === wanted).map(([, url]) => url);
}
