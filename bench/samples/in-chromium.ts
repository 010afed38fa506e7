import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { findBrowser, launchOptions } from '../../tools/browser.ts';
import { bundlePage } from './bundle.ts';
import type { Laboratory } from './in-node.ts';
import type { Probe, Task, Tasks } from './task.ts';

const FLAGS = ['--js-flags=--expose-gc', '--enable-precise-memory-info'];
const LONGEST_SAMPLE_MS = 120_000;

export interface ChromiumLaboratory extends Laboratory {
  readonly version: string;
  close(): Promise<void>;
}

/** Each task gets a new page with a storage of its own. */
export async function inChromium(folder: string): Promise<ChromiumLaboratory> {
  await bundlePage(join(folder, 'page.js'));
  const server = await serve(folder);
  const browser = await chromium.launch(launchOptions(await findBrowser(), FLAGS));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    name: 'Chromium',
    version: browser.version(),
    do: (task) => sample(browser, origin, task),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

async function sample<P extends Probe>(browser: Browser, origin: string, task: Task<P>) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(LONGEST_SAMPLE_MS);
    await page.goto(`${origin}/`);
    await page.waitForFunction('"perform" in globalThis');
    return await page.evaluate<Tasks[P]['result']>(`perform(${JSON.stringify(task)})`);
  } finally {
    await context.close();
  }
}

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    // Isolated pages have a clock of 5 µs; others one of 100.
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/') {
      response.setHeader('Content-Type', 'text/html');
      response.end(
        '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
      );
      return;
    }
    response.setHeader('Content-Type', 'text/javascript');
    readFile(join(folder, pathname)).then(
      (code) => response.end(code),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
