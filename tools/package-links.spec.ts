import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '..');

interface Link {
  readonly text: string;
  readonly path: string;
  readonly line?: number;
}

for (const page of ['SECURITY.md', 'docs/server-checklist.md']) {
  describe(page, async () => {
    const links = await readLinks(page);

    it('has links to look at', () => {
      assert.ok(links.length > 0);
    });

    for (const { text, path, line } of links) {
      const place = line === undefined ? path : `${path}, line ${line}`;
      it(`finds ${text} at ${place}`, async () => {
        const file = join(ROOT, dirname(page), path);
        assert.ok(existsSync(file), `${path} is not there`);
        if (line === undefined) return;
        const found = (await readFile(file, 'utf8')).split('\n')[line - 1] ?? '';
        // A link with words in it leads to a comment, a link with code to that code.
        const [, code] = /^`(.+)`$/.exec(text) ?? [];
        assert.ok(code === undefined ? found.includes('//') : found.includes(code), `There is: ${found}`);
      });
    }
  });
}

/** Those that stay in the repository. */
async function readLinks(page: string): Promise<Link[]> {
  const text = await readFile(join(ROOT, page), 'utf8');
  return [...text.matchAll(/\[([^\]]+)\]\((?!https:)([^)#]+)(?:#L(\d+))?\)/g)].map(
    ([, name = '', path = '', line]) => ({
      text: name,
      path,
      ...(line && { line: Number(line) }),
    }),
  );
}
