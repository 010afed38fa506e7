import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createDemoApi } from '../../projects/demo-api/src/create-demo-api.ts';
import { type Browser, launchOptions } from '../browser.ts';
import { serveDemo } from '../serve-demo.ts';
import { checkRedirects } from './redirect-check.ts';

const PRINTED_API = 'https://api.example.com';
/** Long enough for six requests to be on their way before the first is answered. */
const PACE = { latencyMs: 150, refreshLatencyMs: 200 };
const ROWS = 20;
const CALLS = 6;

/** What the server counted. */
export interface Outcome {
  readonly rejections: number;
  readonly refreshes: number;
  readonly replays: number;
  /** Requests that followed a 307 of the refresh endpoint to another origin. */
  readonly followed: number;
}

interface Storm {
  readonly rows: readonly number[];
  readonly calls: number;
  readonly sendings: number;
  readonly bare: number;
  readonly tokens: number;
}

/** Opens the built page in Chromium, has its token expire, and lets six requests go at once. */
export async function runPage(built: string, found: Browser): Promise<Outcome> {
  await using cleanUp = new AsyncDisposableStack();
  const place = { api: '' };
  const demo = await serveDemo({ port: 0, apiUrl: () => place.api, folder: built });
  await demo.close();
  const { port } = new URL(demo.url);
  const api = createDemoApi({ allowedOrigins: [demo.url], settings: PACE });
  cleanUp.defer(() => api.close());
  place.api = await api.listen();
  await nameApi(built, place.api);
  const served = await serveDemo({ port: Number(port), apiUrl: () => place.api, folder: built });
  cleanUp.defer(() => served.close());
  const browser = await chromium.launch(launchOptions(found));
  cleanUp.defer(() => browser.close());
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(served.url);
  assert.equal(await page.evaluate('scenario.signIn()'), 'Clerk');
  await fetch(`${place.api}/control/expire`, { method: 'POST' });
  await fetch(`${place.api}/control/reset`, { method: 'POST' });
  const storm = await page.evaluate<Storm>('scenario.storm()');
  await page.getByText(`${ROWS} ${ROWS}`, { exact: true }).waitFor({ timeout: 5000 });
  assert.deepEqual(complaints, []);
  const counters = (await (await fetch(`${place.api}/control/counters`)).json()) as Outcome;
  return { ...judge(storm, counters), followed: await checkRedirects(page) };
}

function judge(storm: Storm, { rejections, refreshes }: Outcome): Omit<Outcome, 'followed'> {
  assert.deepEqual(storm, {
    rows: Array.from({ length: CALLS }, () => ROWS),
    calls: CALLS,
    sendings: 2 * CALLS,
    bare: 0,
    tokens: 2,
  });
  assert.deepEqual({ rejections, refreshes }, { rejections: CALLS, refreshes: 1 });
  return { rejections, refreshes, replays: storm.sendings - storm.calls };
}

/** Of what was built, only the address of the API is not as `ng add` was told. */
export async function nameApi(built: string, url: string): Promise<void> {
  const scripts = (await readdir(built)).filter((name) => name.endsWith('.js'));
  for (const script of scripts) {
    const path = join(built, script);
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll(PRINTED_API, url));
  }
}
