import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { listen } from './ports.ts';

const START = join(import.meta.dirname, 'start.ts');
const SOON_MS = 3_000;

describe('npm start', () => {
  it('prints two addresses that answer, and tells the page where the API is', async () => {
    const { demoUrl, apiUrl } = await setup();
    assert.deepEqual(await (await fetch(`${demoUrl}/config.json`)).json(), { apiUrl });
    const origin = { Origin: demoUrl };
    const { headers } = await fetch(`${apiUrl}/public/status`, { headers: origin });
    assert.equal(headers.get('access-control-allow-origin'), demoUrl);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`stops both on ${signal}`, async () => {
      const { urls, child } = await setup();
      child.kill(signal);
      assert.deepEqual(await once(child, 'exit'), [0, null]);
      assert.deepEqual(await stillAnswering(urls), []);
    });
  }

  it('stops both when the process that started it is killed', async () => {
    const { urls, child } = await setup({ throughParent: true });
    child.kill('SIGKILL');
    assert.deepEqual(await stillAnswering(urls), []);
  });

  it('says which port is taken and what to set, before it builds', async () => {
    const holder = createServer();
    await listen(holder, { variable: 'PORT', port: 0 });
    after(() => holder.close());
    const { port } = holder.address() as { port: number };
    const child = spawn(process.execPath, [START], {
      env: { ...process.env, PORT: '0', API_PORT: `${port}` },
    });
    const parts: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => parts.push(part));
    }
    assert.deepEqual(await once(child, 'close'), [1, null]);
    assert.equal(parts.join(''), `Port ${port} is taken. Free it, or set API_PORT to another one.\n`);
  });
});

/** Runs the demo as built, on free ports, and resolves when it has printed both addresses. */
async function setup({ throughParent = false } = {}) {
  const command = throughParent
    ? [
        '-e',
        `require('node:child_process').spawn(process.execPath, ${JSON.stringify([START, '--built'])}, { stdio: 'inherit' })`,
      ]
    : [START, '--built'];
  const env = { ...process.env, PORT: '0', API_PORT: '0' };
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  after(() => child.kill('SIGTERM'));
  const urls: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /^(?:Demo|API) +(\S+)$/.exec(line) ?? [];
    if (url) urls.push(url);
    if (urls.length === 2) break;
  }
  const [demoUrl, apiUrl] = urls;
  assert.ok(demoUrl && apiUrl, 'both addresses are printed');
  return { child, urls, demoUrl, apiUrl };
}

/** Those of the addresses that still answer when `SOON_MS` have passed; empty as soon as none does. */
async function stillAnswering(urls: readonly string[]): Promise<string[]> {
  const giveUpAt = performance.now() + SOON_MS;
  for (;;) {
    const settled = await Promise.allSettled(urls.map((url) => fetch(url)));
    const answering = urls.filter((_url, index) => settled[index]?.status === 'fulfilled');
    if (answering.length === 0 || performance.now() > giveUpAt) return answering;
    await pause(50);
  }
}
