import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { menuOf, pageForSite, placeOnSite } from './docs-pages.ts';

describe('placeOnSite', () => {
  const places = {
    'docs/errors.md': 'errors.md',
    'docs/README.md': 'index.md',
    'docs/timeline.png': 'timeline.png',
    'README.md': 'overview.md',
    'goldens/ngx-bearer.api.md': 'api/ngx-bearer/index.md',
    'goldens/ngx-bearer-testing.api.md': 'api/ngx-bearer/testing/index.md',
    'docs/package.json': null,
    'ARCHITECTURE.md': null,
    'projects/demo/README.md': null,
  };
  for (const [file, place] of Object.entries(places)) {
    it(place ? `shows ${file} as ${place}` : `does not show ${file}`, () => {
      assert.equal(placeOnSite(file), place);
    });
  }
});

describe('pageForSite', () => {
  it('leads links to where their page is on the site, with their anchor', () => {
    assert.equal(
      pageForSite('[a](../README.md#b) [c](tabs.md)', 'docs/faq.md'),
      '[a](./overview.md#b) [c](./tabs.md)',
    );
  });

  it('leads links of a page in the root to the same places', () => {
    assert.equal(
      pageForSite('![a](docs/timeline.png) [b](docs/tabs.md)', 'README.md'),
      '![a](./timeline.png) [b](./tabs.md)',
    );
  });

  it('leaves the text alone of a link to what is not on the site', () => {
    assert.equal(pageForSite('See [`step`](../projects/step.ts#L9).', 'docs/proof.md'), 'See `step`.');
  });

  it('does the same for links that name their target elsewhere', () => {
    assert.equal(
      pageForSite('[a][one] [b][two]\n\n[one]: ../x.ts\n[two]: tabs.md\n', 'docs/faq.md'),
      'a [b](./tabs.md)\n\n[one]: ../x.ts\n[two]: tabs.md\n',
    );
  });

  it('does not touch other links, nor blocks of code', () => {
    const page = '[a](https://example.com) [b](#c)\n\n```md\n[d](../e.ts)\n```\n';
    assert.equal(pageForSite(page, 'docs/faq.md'), page);
  });
});

describe('menuOf', () => {
  it('has a group for each section, and a line for each page it links to', () => {
    const map =
      '# Docs\n\n[Not here](x.md)\n\n## Start\n\n- [What does `ng add` do?](ng-add.md) [x](https://example.com)\n';
    assert.deepEqual(menuOf(map, []), [
      { text: 'Start', items: [{ text: 'What does ng add do?', link: '/ng-add' }] },
    ]);
  });

  it('has the names of an entry point below it, and none of another', () => {
    const places = [
      'api/ngx-bearer/classes/AuthError.md',
      'api/ngx-bearer/index.md',
      'api/ngx-bearer/testing/index.md',
      'api/ngx-bearer/testing/functions/provideAuthTesting.md',
    ];
    const [group] = menuOf('## Reference\n\n- [`ngx-bearer`](../goldens/ngx-bearer.api.md)\n', places);
    assert.deepEqual(group?.items, [
      {
        text: 'ngx-bearer',
        link: '/api/ngx-bearer/',
        items: [{ text: 'AuthError', link: '/api/ngx-bearer/classes/AuthError' }],
        collapsed: true,
      },
    ]);
  });
});
