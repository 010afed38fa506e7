import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { anchorsIn, isRelative, type Link, linksIn } from './docs-links.ts';

const ROOT = join(import.meta.dirname, '..');
const NOT_OURS = /(^|\/)(node_modules|dist|coverage|reports|artifacts)(\/|$)|\/\./;

describe('linksIn', () => {
  it('finds links and images, and none in a block of code', () => {
    const markdown = '[a `b[0]`](c.md#d)\n![e](f.png)\n\n```ts\nlist[0](g)\n```\n[h](i.md)\n';
    assert.deepEqual(
      linksIn(markdown).map(({ text, target }) => [text, target]),
      [
        ['a `b[0]`', 'c.md#d'],
        ['e', 'f.png'],
        ['h', 'i.md'],
      ],
    );
  });

  it('finds links that name their target elsewhere', () => {
    const markdown =
      'See [a][one], [Two] and [b][], but not [c] nor `list[d]`.\n\n[one]: c.md\n[two]: d.md#e\n[b]: f.md\n';
    assert.deepEqual(
      linksIn(markdown).map(({ text, target }) => [text, target]),
      [
        ['a', 'c.md'],
        ['Two', 'd.md#e'],
        ['b', 'f.md'],
      ],
    );
  });

  it('reads what is no link in one pass, however much code is in it', () => {
    assert.deepEqual(linksIn(`[${'`a`'.repeat(1000)}`), []);
  });

  it('says where a link stands', () => {
    const [link] = linksIn('See [a](b.md).');
    assert.deepEqual([link?.from, link?.to], [4, 13]);
  });
});

describe('isRelative', () => {
  for (const target of ['a.md', '../a.md#b', '#b', '/a']) {
    it(`says yes to ${target}`, () => {
      assert.ok(isRelative(target));
    });
  }

  for (const target of ['https://example.com', 'mailto:a@example.com', '//example.com']) {
    it(`says no to ${target}`, () => {
      assert.ok(!isRelative(target));
    });
  }
});

describe('anchorsIn', () => {
  it('makes of headings what GitHub makes of them', () => {
    const markdown =
      "# It's `a_b`, isn't it?\n## Twice\n## Twice\n\n```sh\n# no heading\n```\n## [A](b.md) & B\n";
    assert.deepEqual(anchorsIn(markdown), ['its-a_b-isnt-it', 'twice', 'twice-1', 'a--b']);
  });
});

const pages = await Array.fromAsync(glob('**/*.md', { cwd: ROOT, exclude: (path) => NOT_OURS.test(path) }));

describe('the pages of the repository', () => {
  it('are all looked at', () => {
    for (const page of ['README.md', 'docs/proof.md', 'projects/demo/README.md'])
      assert.ok(pages.includes(page));
  });

  for (const page of pages.sort()) {
    it(`links to what is there: ${page}`, async () => {
      const links = linksIn(await read(page)).filter(({ target }) => isRelative(target));
      const problems = await Promise.all(links.map((link) => problemWith(link, page)));
      assert.deepEqual(problems.filter(Boolean), []);
    });
  }
});

async function problemWith({ text, target }: Link, page: string): Promise<string | null> {
  const [path = '', anchor = ''] = target.split('#');
  const file = path ? join(dirname(page), path) : page;
  if (!existsSync(join(ROOT, file))) return `${target}: there is no ${file}`;
  const [, line] = /^L(\d+)$/.exec(anchor) ?? [];
  if (line) return problemWithLine((await read(file)).split('\n')[Number(line) - 1] ?? '', text);
  if (anchor === '' || anchorsIn(await read(file)).includes(anchor)) return null;
  return `${target}: ${file} has no such heading`;
}

/** A link with words in it leads to a comment, a link with code to that code. */
function problemWithLine(found: string, text: string): string | null {
  const [, code = '//'] = /^`(.+)`$/.exec(text) ?? [];
  return found.includes(code) ? null : `${text}: the line is ${found.trim()}`;
}

function read(page: string): Promise<string> {
  return readFile(join(ROOT, page), 'utf8');
}
