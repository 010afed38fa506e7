import { type Browser, chromium, firefox } from 'playwright-core';
import { ENGINE } from './engine.ts';
import { chromiumOptions, firefoxOptions, launchBrowser } from './launch.ts';

/** Tells the spec files of a run where their browser is. Without it, each file starts its own. */
const SHARED = 'E2E_BROWSER';

const connection = { browser: null as Promise<Browser> | null };

/** Starts the one browser of a run. In WebKit there is none: each context is a process of its own. */
export async function shareBrowser(): Promise<{ close(): Promise<void> }> {
  if (ENGINE === 'webkit') return { close: () => Promise.resolve() };
  const server = await (ENGINE === 'firefox'
    ? firefox.launchServer(await firefoxOptions())
    : chromium.launchServer(await chromiumOptions()));
  process.env[SHARED] = server.wsEndpoint();
  return server;
}

export function connectBrowser(): Promise<Browser> {
  connection.browser ??= open();
  return connection.browser;
}

export async function disconnectBrowser(): Promise<void> {
  await (await connection.browser)?.close();
}

async function open(): Promise<Browser> {
  const shared = process.env[SHARED];
  if (shared === undefined) return launchBrowser();
  return ENGINE === 'firefox' ? firefox.connect(shared) : chromium.connect(shared);
}
