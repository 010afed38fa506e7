import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { complaintsAboutRows, type Sources } from './security-rows.ts';
import { headingsOf, titlesOf } from './security-titles.ts';

const ROOT = join(import.meta.dirname, '..');
const SPEC = 'projects/ngx-bearer/src/request/token-scope.spec.ts';
const PROPERTIES = 'projects/ngx-bearer/src/session/tokens.threats.properties.spec.ts';
const ANY_TITLE = '[does not cover …: …][scope]';

const repository: Sources = {
  read: (path) => (existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : null),
};
const page = repository.read('docs/security.md') ?? '';

describe('docs/security.md', () => {
  it('names for each threat a test that is there, or says where its limit is documented', () => {
    assert.deepEqual(complaintsAboutRows(page, repository), []);
  });

  it('tells how many hostile URLs are tried', async () => {
    const tried = await countHostileUrls();
    for (const backend of ['Fetch', 'XMLHttpRequest']) {
      assert.match(page, new RegExp(`^\\| hostile URLs, by ${backend} +\\| ${tried} `, 'm'));
    }
  });

  it('links to headings that are there', () => {
    const anchors = [...page.matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)];
    assert.ok(anchors.length > 5);
    for (const [, path = '', anchor = ''] of anchors) {
      const target = repository.read(join('docs', path || 'security.md')) ?? '';
      assert.ok(headingsOf(target).includes(anchor), `${path}#${anchor} is not there`);
    }
  });
});

interface Tables {
  readonly outsideOrigin: Readonly<Record<string, readonly string[]>>;
  readonly outsidePath: Readonly<Record<string, readonly string[]>>;
  readonly onOwnOrigin: readonly (readonly [rule: string, url: string, isInside: boolean])[];
}

/** [what is done to the page, its new text, what is said of it] */
const broken: readonly (readonly [string, string, string])[] = [
  ['a row is gone', withoutRow('T-30'), 'T-30 is missing.'],
  ['the first row of a section is gone', withoutRow('T-20'), 'T-20 is missing.'],
  ['the last row is gone', withoutRow('T-95'), 'T-95 is missing.'],
  ['a row is there twice', withRow('T-6', ANY_TITLE) + rowOf('T-6'), 'T-6 is there twice.'],
  ['a row has a number of its own', `${page}\n| T-27 | a | b | ${ANY_TITLE} |\n`, 'T-27 is not known.'],
  ['a row names no test', withRow('T-6', 'seen by all'), 'T-6: no test is named.'],
  [
    'a row has a documented limit that is documented nowhere',
    withRow('T-6', 'documented limit'),
    'T-6: the limit is documented nowhere.',
  ],
  [
    'a limit is documented under a heading that is not there',
    withRow('T-6', 'documented limit: [Limits](tabs.md#bounds)'),
    "T-6: docs/tabs.md has no heading 'bounds'.",
  ],
  [
    'a file is not there',
    withRow('T-6', '[holds](../e2e/gone.spec.ts)'),
    'T-6: e2e/gone.spec.ts is not there.',
  ],
  [
    'a file is named that is not given',
    withRow('T-6', '[does not cover …: …][nowhere]'),
    "T-6: the link of 'does not cover …: …' leads nowhere.",
  ],
  [
    'a title has changed',
    withRow('T-6', '[covers it all][scope]'),
    `T-6: ${SPEC} has no test 'covers it all'.`,
  ],
  ['a row says nothing of what happens', withCell('T-6'), 'T-6: it has an empty cell, or not four.'],
];

describe('the check of the threats', () => {
  for (const [what, text, said] of broken) {
    it(`complains where ${what}`, () => {
      assert.ok(complaintsAboutRows(text, repository).includes(said));
    });
  }

  it('complains of each row that loses its test', () => {
    const title = 'is sent as it is, or is neither sent nor stored';
    const skipping: Sources = {
      read: (path) =>
        path === PROPERTIES
          ? (repository.read(path)?.replace(`it('${title}`, `it.skip('${title}`) ?? null)
          : repository.read(path),
    };
    assert.deepEqual(complaintsAboutRows(page, skipping), [`T-20: ${PROPERTIES} has no test '${title}'.`]);
  });
});

describe('the titles of a spec', () => {
  it('are those of its tests, by what is the same for all cases', () => {
    const source = `
      describe('a', () => {
        it(
          'b (c)', work);
        it(\`d \${e.map((f) => \`\${f}\`)} g\`, work);
        test("h's", work);
        other('i');
        // it('j')
      });
      const claim = { says: 'k' };
      it.skip('l', work);
      describe.skip('m', () => it('n', work));
    `;
    assert.deepEqual(titlesOf(source), ['a', 'b (c)', 'd … g', "h's", 'k']);
  });

  it('are not found in comments and texts', () => {
    assert.deepEqual(titlesOf(`/* it('a') */ const text = "it('b')";`), []);
  });
});

function rowOf(number: string): string {
  return page.split('\n').find((line) => line.startsWith(`| ${number} `)) ?? '';
}

function withoutRow(number: string): string {
  return page.replace(`${rowOf(number)}\n`, '');
}

function withRow(number: string, shownBy: string): string {
  return page.replace(rowOf(number), () => `| ${number} | a threat | it ends | ${shownBy} |`);
}

function withCell(number: string): string {
  return page.replace(rowOf(number), () => `| ${number} | a threat | | ${ANY_TITLE} |`);
}

/** Those that the specs judge, and that Chromium sends. */
async function countHostileUrls(): Promise<number> {
  // The table of a page's own paths is written for the page it is on.
  Object.assign(globalThis, { location: new URL('https://app.example/') });
  const source = repository.read('projects/ngx-bearer/src/spec/corpora/urls.ts') ?? '';
  const script = ts.transpile(source, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2024 });
  const { outsideOrigin, outsidePath, onOwnOrigin } = (await import(
    `data:text/javascript,${encodeURIComponent(script)}`
  )) as Tables;
  const outside = [outsideOrigin, outsidePath].flatMap((urls) => Object.values(urls).flat());
  return outside.length + onOwnOrigin.filter(([, , isInside]) => !isInside).length;
}
