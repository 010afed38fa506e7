import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { chromium, type BrowserContext, firefox } from 'playwright-core';
import { ENGINE } from '../stage/engine.ts';
import { firefoxOptions, launchBrowser } from '../stage/launch.ts';
import { startMiniBrowser } from '../webkit/mini-browser.ts';
import { WebkitContext } from '../webkit/webkit-browser.ts';
import { processWith } from './tab-process.ts';
import { findBrowser, headlessFlags } from '../../tools/browser.ts';

const FLAGS = ['--headless', '--enable-bfcache', '--remote-debugging-port=0'];
const LISTENING = /^DevTools listening on (ws:.*)$/;

// Each tab in a process of its own, so that one can crash alone; and pages are kept for the way back.
const OWN_PREFERENCES = { 'dom.ipc.processCount.webIsolated': 16, 'fission.bfcacheInParent': true };

/** A browser that Playwright has not prepared: its pages can be hidden, frozen, and kept for the way back. */
export interface OwnBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export interface KillableBrowser extends OwnBrowser {
  /** The folder of its profile. */
  readonly profile: string;
  /** Kills all its processes at once, and starts it again with the same profile. */
  killAndRestart(): Promise<KillableBrowser>;
}

export async function startOwnBrowser(): Promise<OwnBrowser> {
  if (ENGINE === 'chromium') return start(await createProfile(), { detached: false });
  const browser = await launchBrowser({ firefox: OWN_PREFERENCES });
  return { context: await browser.newContext(), close: () => browser.close() };
}

/** One that can be killed with all its processes. */
export async function startKillableBrowser(): Promise<KillableBrowser> {
  return startKillable(await createProfile());
}

function startKillable(profile: string): Promise<KillableBrowser> {
  switch (ENGINE) {
    case 'chromium':
      return startKillableChromium(profile);
    case 'firefox':
      return startKillableFirefox(profile);
    case 'webkit':
      return startKillableWebkit(profile);
  }
}

async function startKillableFirefox(profile: string): Promise<KillableBrowser> {
  const context = await firefox.launchPersistentContext(profile, await firefoxOptions());
  return {
    context,
    profile,
    close: async () => {
      await context.close();
      await removeProfile(profile);
    },
    killAndRestart: async () => {
      const closed = new Promise((resolve) => context.once('close', () => resolve(null)));
      process.kill(-(await processWith(profile)), 'SIGKILL');
      await closed;
      return startKillable(profile);
    },
  };
}

async function startKillableWebkit(profile: string): Promise<KillableBrowser> {
  const browser = await startMiniBrowser([], profile);
  return {
    context: new WebkitContext(browser) as unknown as BrowserContext,
    profile,
    close: async () => {
      await browser.close();
      await removeProfile(profile);
    },
    killAndRestart: async () => {
      await browser.kill();
      return startKillable(profile);
    },
  };
}

async function startKillableChromium(profile: string): Promise<KillableBrowser> {
  const { child, ended, ...browser } = await start(profile, { detached: true });
  return {
    ...browser,
    profile,
    killAndRestart: async () => {
      if (!child.pid) throw new Error('The browser has not started.');
      process.kill(-child.pid, 'SIGKILL');
      await ended;
      return startKillable(profile);
    },
  };
}

interface StartedBrowser extends OwnBrowser {
  readonly child: ChildProcessByStdio<null, null, Readable>;
  readonly ended: Promise<unknown>;
}

async function start(profile: string, { detached }: { readonly detached: boolean }): Promise<StartedBrowser> {
  const { executablePath, env } = await findBrowser();
  const flags = [...headlessFlags, ...FLAGS, `--user-data-dir=${profile}`];
  const child = spawn(executablePath, [...flags, 'about:blank'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached,
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
    child,
    ended,
    close: async () => {
      await browser.close();
      child.kill();
      await ended;
      await removeProfile(profile);
    },
  };
}

function removeProfile(profile: string): Promise<void> {
  return rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

function createProfile(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'ngx-bearer-profile-'));
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
