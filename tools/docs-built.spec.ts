import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { deadLinks } from './docs-built.ts';

const PAGES = {
  'index.html': '<a class="x" href="/faq.html#why">a</a> <a href="./api/">b</a> <img src="/logo.png">',
  'faq.html': '<h2 id="why">Why</h2> <a href="#why">a</a> <a href="https://example.com/none">b</a>',
  'api/index.html': '<a href="../faq.html">a</a> <a href="/">b</a>',
  'logo.png': '',
};

describe('deadLinks', () => {
  it('finds none where all is there', async () => {
    assert.deepEqual(await deadIn(PAGES), []);
  });

  const faults = {
    'a page that is not there': '<a href="/errors.html">x</a>',
    'a heading that is not there': '<a href="/faq.html#how">x</a>',
    'a heading that is not on its own page': '<a href="#how">x</a>',
    'a script that is not there': '<script type="module" src="/app.js"></script>',
    'a folder without a page': '<a href="/guides/">x</a>',
  };
  for (const [name, html] of Object.entries(faults)) {
    it(`finds ${name}`, async () => {
      const [, , address] = /(href|src)="([^"]+)"/.exec(html) ?? [];
      assert.deepEqual(await deadIn({ ...PAGES, 'more.html': html }), [
        `more.html links to ${String(address)}, which is not there`,
      ]);
    });
  }

  it('knows the path that the site is served under', async () => {
    const page = '<a href="/ngx-bearer/faq.html#why">a</a> <a href="/ngx-bearer/none.html">b</a>';
    assert.deepEqual(await deadIn({ ...PAGES, 'index.html': page, 'api/index.html': '' }, '/ngx-bearer/'), [
      'index.html links to /ngx-bearer/none.html, which is not there',
    ]);
  });
});

async function deadIn(pages: Readonly<Record<string, string>>, base = '/'): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-'));
  after(() => rm(folder, { recursive: true }));
  for (const [path, html] of Object.entries(pages)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), html);
  }
  return deadLinks(folder, base);
}
