import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isRelative, linksIn } from './docs-links.ts';
import { llmsText, repositoryAddress } from './llms.ts';

const ROOT = join(import.meta.dirname, '..');
const BUILT = join(ROOT, 'dist', 'ngx-bearer');

describe('llmsText', () => {
  const sources = {
    manifest: { version: '1.2.3', description: 'Bearer tokens.' },
    readme: '# a-package\n\nWords.\n\n```ts\nconfig();\n```\n\n```ts\nuse();\n```\n\n```ts\nmore();\n```\n',
    map: '# Map\n\n![picture](a.png)\n\n## Start\n\n- [What does `ng add` do?](add.md) It writes code.\n- [More](b.md), and [c](c.md).\n- [Alone](d.md)\n\n## End\n\n- [Last](e.md): by name.\n',
  };

  it('has the title, the description, the quickstart, and a list for each section', () => {
    assert.equal(
      llmsText(sources, (target) => `/site/${target}`),
      [
        '# a-package',
        '> Bearer tokens.',
        '```ts\nconfig();\n```',
        '```ts\nuse();\n```',
        '## Start\n\n- [What does ng add do?](/site/add.md): It writes code.\n- [More](/site/b.md): and [c](c.md).\n- [Alone](/site/d.md)',
        '## End\n\n- [Last](/site/e.md): by name.\n',
      ].join('\n\n'),
    );
  });

  it('lists a page without an address by its name', () => {
    const text = llmsText(sources, () => null);
    assert.match(text, /^- Last: by name\.$/m);
  });
});

describe('repositoryAddress', () => {
  it('is a page of the repository at the tag of the version', () => {
    const repository = { url: 'git+https://github.com/owner/name.git' };
    const manifest = { version: '1.2.3', description: '', repository };
    assert.equal(
      repositoryAddress(manifest, '../SECURITY.md'),
      'https://github.com/owner/name/blob/v1.2.3/SECURITY.md',
    );
    assert.equal(
      repositoryAddress(manifest, 'faq.md'),
      'https://github.com/owner/name/blob/v1.2.3/docs/faq.md',
    );
  });

  it('is null if the package names no repository', () => {
    assert.equal(repositoryAddress({ version: '1.2.3', description: '' }, 'faq.md'), null);
  });
});

describe('llms.txt of the built package', () => {
  it('has every page of the documentation, and links to files of the package', async () => {
    const text = await readFile(join(BUILT, 'llms.txt'), 'utf8');
    const map = await readFile(join(ROOT, 'docs', 'README.md'), 'utf8');
    const names = linksIn(map).filter(({ target }) => target.endsWith('.md'));
    assert.deepEqual(
      names.filter(({ text: name }) => !text.includes(name.replaceAll('`', ''))),
      [],
    );
    const links = linksIn(text).filter(({ target }) => isRelative(target));
    assert.ok(links.length > 0);
    assert.deepEqual(
      links.filter(({ target }) => !existsSync(join(BUILT, target))),
      [],
    );
  });
});
