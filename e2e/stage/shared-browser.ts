import { chromium, type Browser, type BrowserServer } from 'playwright-core';
import { findBrowser, launchOptions } from '../../tools/browser.ts';

/** Tells the spec files of a run where their browser is. Without it, each file starts its own. */
const SHARED = 'E2E_BROWSER';

const connection = { browser: null as Promise<Browser> | null };

/** Starts the one browser of a run. */
export async function shareBrowser(): Promise<BrowserServer> {
  const server = await chromium.launchServer(launchOptions(await findBrowser()));
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
  return shared ? chromium.connect(shared) : chromium.launch(launchOptions(await findBrowser()));
}
