import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { findBrowser, launchOptions, type Machine } from './browser.ts';

describe('findBrowser', () => {
  it('takes CHROME_BIN before anything else', async () => {
    const browser = await findBrowser(machine({ variables: { CHROME_BIN: process.execPath } }));
    assert.deepEqual(browser, { executablePath: process.execPath, env: {}, source: 'CHROME_BIN' });
  });

  it('names a CHROME_BIN that leads nowhere', async () => {
    const search = findBrowser(machine({ variables: { CHROME_BIN: '/nowhere/chrome' } }));
    await assert.rejects(search, /CHROME_BIN names \/nowhere\/chrome, and there is no such file/);
  });

  for (const place of [
    {
      platform: 'darwin',
      arch: 'arm64',
      looked: '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    },
    { platform: 'win32', arch: 'x64', looked: 'Microsoft/Edge/Application/msedge.exe' },
    { platform: 'linux', arch: 'arm64', looked: '/nowhere/bin/google-chrome' },
  ] as const) {
    it(`says where it looked on ${place.platform} ${place.arch}, and what to set`, async () => {
      const variables = { PATH: '/nowhere/bin', ProgramFiles: '/nowhere', HOME: '/nowhere' };
      const search = findBrowser(machine({ ...place, variables }));
      await assert.rejects(search, (error: Error) => {
        assert.ok(error.message.includes(place.looked), error.message);
        assert.match(error.message, /or set CHROME_BIN to the path of one\.$/);
        return true;
      });
    });
  }

  it('finds a browser in which two tabs share storage events, Web Locks and a BroadcastChannel', async () => {
    const { origin, openTab } = await setup();
    const [first, second] = [await openTab(), await openTab()];
    assert.equal(await first.evaluate('location.origin'), origin);
    await second.evaluate(`void (window.heard = new Promise((resolve) => {
      const news = new Set();
      const hear = (what) => news.add(what).size === 2 && resolve([...news].sort());
      addEventListener('storage', (event) => hear('storage ' + event.key));
      new BroadcastChannel('tabs').onmessage = (event) => hear('message ' + event.data);
    }))`);
    await first.evaluate(
      `localStorage.setItem('key', 'value'); new BroadcastChannel('tabs').postMessage('hello')`,
    );
    assert.deepEqual(await second.evaluate('window.heard'), ['message hello', 'storage key']);

    await first.evaluate(`new Promise((held) =>
      void navigator.locks.request('refresh', () => (held(), new Promise((release) => (window.release = release)))))`);
    const whetherFree = `navigator.locks.request('refresh', { ifAvailable: true }, (lock) => lock !== null)`;
    assert.equal(await second.evaluate(whetherFree), false);
    await first.evaluate('window.release()');
    assert.equal(await second.evaluate(`navigator.locks.request('refresh', () => true)`), true);
  });
});

function machine(known: Partial<Machine>): Machine {
  return { platform: 'linux', arch: 'x64', variables: {}, ...known };
}

async function setup() {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>tab</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch(launchOptions(await findBrowser()));
  after(async () => {
    await browser.close();
    server.close();
  });
  const context = await browser.newContext();
  const openTab = async () => {
    const page = await context.newPage();
    await page.goto(origin);
    return page;
  };
  return { origin, openTab };
}
