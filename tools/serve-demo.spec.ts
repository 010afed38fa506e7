import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { assertFree, listen } from './ports.ts';
import { serveDemo } from './serve-demo.ts';

describe('serveDemo', () => {
  it('serves each file under its type, and caches only what is hashed', async () => {
    const { get } = await setup();
    for (const [path, type, caching] of [
      ['/', 'text/html; charset=utf-8', 'no-cache'],
      ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
      ['/main-ABCD1234.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
      ['/media/mark.svg', 'image/svg+xml', 'no-cache'],
      ['/media/mark.svg?v=1', 'image/svg+xml', 'no-cache'],
    ] as const) {
      const { status, headers } = await get(path);
      assert.deepEqual([path, status], [path, 200]);
      assert.equal(headers.get('content-type'), type);
      assert.equal(headers.get('cache-control'), caching);
    }
  });

  it('answers a place inside the application with its page, and a missing file with 404', async () => {
    const { get } = await setup();
    assert.equal(await (await get('/orders/7')).text(), '<title>demo</title>');
    assert.equal((await get('/missing.js')).status, 404);
  });

  it('tells the page where the API is now', async () => {
    const { get, moveApi } = await setup();
    assert.deepEqual(await (await get('/config.json')).json(), { apiUrl: 'http://127.0.0.1:3000' });
    moveApi('http://127.0.0.1:3999');
    assert.deepEqual(await (await get('/config.json')).json(), { apiUrl: 'http://127.0.0.1:3999' });
  });

  it('gives out nothing beside its folder', async () => {
    const { rawStatus } = await setup();
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/media/../../secret.txt',
    ]) {
      assert.deepEqual([path, await rawStatus(path)], [path, 404]);
    }
    assert.equal(await rawStatus('/%'), 400);
  });

  it('answers HEAD without a body and other methods with 405', async () => {
    const { get } = await setup();
    const head = await get('/', 'HEAD');
    assert.equal(head.headers.get('content-length'), '19');
    assert.equal(await head.text(), '');
    const post = await get('/', 'POST');
    assert.deepEqual([post.status, post.headers.get('allow')], [405, 'GET, HEAD']);
  });

  it('says how to build the demo where there is none', async () => {
    const search = serveDemo({ port: 0, apiUrl: () => '', folder: join(tmpdir(), 'no-such-demo') });
    await assert.rejects(search, /npm run build && npm run build:demo/);
  });
});

describe('ports', () => {
  it('are refused when taken, with the variable that moves them', async () => {
    const holder = createServer();
    after(() => holder.close());
    await listen(holder, { variable: 'PORT', port: 0 });
    const { port } = holder.address() as { port: number };
    const expected = { message: `Port ${port} is taken. Free it, or set API_PORT to another one.` };
    await assert.rejects(assertFree([{ variable: 'API_PORT', port }]), expected);
  });

  it('are refused when two are the same', async () => {
    const ports = [
      { variable: 'PORT', port: 4200 },
      { variable: 'API_PORT', port: 4200 },
    ];
    await assert.rejects(assertFree(ports), /^Error: PORT and API_PORT are both 4200\./);
  });
});

async function setup() {
  const root = await mkdtemp(join(tmpdir(), 'served-demo-'));
  const folder = join(root, 'demo');
  await mkdir(join(folder, 'media'), { recursive: true });
  await writeFile(join(root, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'index.html'), '<title>demo</title>');
  await writeFile(join(folder, 'main-ABCD1234.js'), 'demo()');
  await writeFile(join(folder, 'media', 'mark.svg'), '<svg/>');
  const api = { url: 'http://127.0.0.1:3000' };
  const demo = await serveDemo({ port: 0, apiUrl: () => api.url, folder });
  after(async () => {
    await demo.close();
    await rm(root, { recursive: true });
  });
  return {
    get: (path: string, method = 'GET') => fetch(demo.url + path, { method }),
    // `fetch` would tidy the dots away before they reach the server.
    rawStatus: (path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(demo.url, { path }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      }),
    moveApi: (url: string) => {
      api.url = url;
    },
  };
}
