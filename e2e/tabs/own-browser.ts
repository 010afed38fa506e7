import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type BrowserContext } from 'playwright-core';
import { findBrowser, headlessFlags } from '../../tools/browser.ts';

const FLAGS = ['--headless', '--enable-bfcache', '--remote-debugging-port=0'];
const LISTENING = /^DevTools listening on (ws:.*)$/;

/** A Chromium that Playwright has not prepared: its pages can be hidden, frozen, and kept for the way back. */
export interface OwnBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export async function startOwnBrowser(): Promise<OwnBrowser> {
  const { executablePath, env } = await findBrowser();
  const profile = await mkdtemp(join(tmpdir(), 'ngx-bearer-profile-'));
  const flags = [...headlessFlags, ...FLAGS, `--user-data-dir=${profile}`];
  const child = spawn(executablePath, [...flags, 'about:blank'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // It is nobody else's, so that it would outlive a run that breaks off.
  process.once('exit', () => child.kill());
  const ended = once(child, 'close');
  const endpoint = await endpointIn(child.stderr);
  const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
  const [context] = browser.contexts();
  if (!context) throw new Error('The browser has no context of its own.');
  return {
    context,
    close: async () => {
      await browser.close();
      child.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function endpointIn(output: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface(output)) {
    const [, endpoint] = LISTENING.exec(line) ?? [];
    if (endpoint) {
      output.resume();
      return endpoint;
    }
    said.push(line);
  }
  throw new Error(`The browser did not start:\n${said.join('\n')}`);
}
