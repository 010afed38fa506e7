import { after, before } from 'node:test';
import type { Browser, Frame, Page } from 'playwright-core';
import { ENGINE } from '../stage/engine.ts';
import { launchBrowser } from '../stage/launch.ts';
import { API, Api, CANARY, REFRESH_PATH } from './api.ts';
import { buildPage, type Mode, MODES } from './build-page.ts';
import { hear, type Heard } from './heard.ts';
import type { GuestPlan } from './page/contract.ts';
import { type Answer, type Arrival, Town } from './town.ts';

/** The origin of the pages: a name that browsers hold to be secure. */
export const OWN = 'http://localhost';

export interface Visit extends Partial<GuestPlan> {
  /** @default 'production' */
  readonly mode?: Mode;
  /** What else stands in the head of the page. */
  readonly head?: string;
  /** The `Content-Security-Policy` of the page. */
  readonly policy?: string;
  /** Puts the page into a frame with this `sandbox`. */
  readonly sandbox?: string;
  /** A script that runs before those of the page. */
  readonly before?: string;
}

export interface Opened {
  readonly page: Page;
  /** Where the page of the library is: the page itself, or the frame in it. */
  readonly frame: Frame;
  readonly heard: Heard;
}

/** A browser for which every name leads into one town, with an API in it and pages that call. */
export interface HostileStage {
  readonly town: Town;
  readonly api: Api;
  /** Opens a page in a context of its own, which has nothing stored. */
  readonly visit: (visit?: Visit) => Promise<Opened>;
  /** With a pair of tokens that the API has just handed out. */
  readonly signIn: (frame: Frame) => Promise<void>;
  close(): Promise<void>;
}

const DEFAULTS: GuestPlan = {
  backend: 'fetch',
  allow: [API],
  storage: 'memory',
  strategy: 'json',
  refreshUrl: API + REFRESH_PATH,
};

/** Opens one for a spec file, and returns how to ask for it. */
export function useHostileStage(): () => HostileStage {
  const opened: HostileStage[] = [];
  before(async () => void opened.push(await openHostileStage()));
  after(() => Promise.all(opened.map((stage) => stage.close())));
  return () => {
    const [stage] = opened;
    if (!stage) throw new Error('The stage is not open.');
    return stage;
  };
}

async function openHostileStage(): Promise<HostileStage> {
  const [town, api] = [await Town.open(), new Api()];
  const browser = await launchBrowser(town.settings);
  const built = await Promise.all(MODES.map(async (mode) => [`/${mode}.js`, await buildPage(mode)] as const));
  const scripts = new Map(built);
  town.settle(API, api.answer);
  town.settle(OWN, (arrival) => pageAt(arrival.path, scripts) ?? api.answer(arrival));
  return {
    town,
    api,
    visit: async (visit = {}) => {
      const opened = await openPage(browser, visit);
      town.takeArrivals();
      return opened;
    },
    signIn: async (frame) => {
      await frame.evaluate((tokens) => window.guest.signIn(tokens), api.issue());
    },
    close: async () => {
      await browser.close();
      await town.close();
    },
  };
}

/** Those that carry a token that was handed out, anywhere. */
export function withToken(arrivals: readonly Arrival[]): readonly Arrival[] {
  return arrivals.filter((arrival) => JSON.stringify(arrival).includes(CANARY));
}

/** Not counting those by which the browser asks leave. */
export function withoutPreflights(arrivals: readonly Arrival[]): readonly Arrival[] {
  return arrivals.filter(({ method }) => method !== 'OPTIONS');
}

async function openPage(browser: Browser, visit: Visit): Promise<Opened> {
  const context = await browser.newContext({ ignoreHTTPSErrors: ENGINE === 'firefox' });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const heard = hear(page);
  await page.addInitScript(recordMessages);
  const { mode = 'production', head = '', policy = '', sandbox = '', before = '', ...plan } = visit;
  await page.addInitScript(before);
  const words = { mode, head, policy, sandbox, plan: JSON.stringify({ ...DEFAULTS, ...plan }) };
  await page.goto(`${OWN}/?${new URLSearchParams(words).toString()}`);
  const frame = sandbox ? page.frames()[1] : page.mainFrame();
  if (!frame) throw new Error('The page has no frame.');
  await frame.waitForFunction(() => 'guest' in window);
  return { page, frame, heard };
}

function pageAt(path: string, scripts: ReadonlyMap<string, string>): Answer | null {
  const url = new URL(path, OWN);
  const script = scripts.get(url.pathname);
  if (script) return { status: 200, headers: { 'Content-Type': 'text/javascript' }, body: script };
  if (url.pathname !== '/') return null;
  const word = (name: string): string => url.searchParams.get(name) ?? '';
  const [sandbox, policy] = [word('sandbox'), word('policy')];
  url.searchParams.delete('sandbox');
  const body = sandbox
    ? `<iframe sandbox="${sandbox}" src="${url.href.replaceAll('&', '&amp;')}"></iframe>`
    : `<script src="${OWN}/${word('mode') || 'production'}.js"></script>`;
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      ...(policy && { 'Content-Security-Policy': policy }),
    },
    body: `<!doctype html><html lang="en"><head><title>A guest</title><link rel="icon" href="data:,">${word('head')}</head><body>${body}</body></html>`,
  };
}

/** The page runs this as text, so that it must stand alone. */
function recordMessages(): void {
  const told: string[] = [];
  window.told = told;
  const speakers: object[] = [BroadcastChannel.prototype, MessagePort.prototype, Worker.prototype, window];
  for (const speaker of speakers) {
    const post = Reflect.get(speaker, 'postMessage') as (...parameters: unknown[]) => void;
    Reflect.set(speaker, 'postMessage', function (this: unknown, ...parameters: unknown[]) {
      told.push(JSON.stringify(parameters));
      post.apply(this, parameters);
    });
  }
}
