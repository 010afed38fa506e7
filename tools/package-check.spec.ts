import assert from 'node:assert/strict';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { lints } from './package-lints.ts';
import { rules } from './package-rules.ts';
import { compareMaterials, listMaterials } from './package-sbom.ts';
import { pack, type Manifest } from './package-tarball.ts';

const BUILT = join(import.meta.dirname, '..', 'dist', 'ngx-bearer');
const MAP = 'fesm2022/ngx-bearer.mjs.map';
const CODE = 'fesm2022/ngx-bearer.mjs';

type Change = (folder: string) => Promise<void>;

/** [what is done to the package as built, what is said of it] */
const broken: readonly (readonly [string, Change, RegExp])[] = [
  ['a postinstall script', manifest({ scripts: { postinstall: 'node evil.js' } }), /script "postinstall"/],
  ['a prepare script', manifest({ scripts: { prepare: 'true' } }), /script "prepare"/],
  ['a command', manifest({ bin: { bearer: CODE } }), /script "bin bearer"/],
  [
    'an extra dependency',
    manifest({ dependencies: { tslib: '^2.3.0', 'left-pad': '^1.3.0' } }),
    /dependencies has left-pad/,
  ],
  ['no dependency', manifest({ dependencies: {} }), /dependencies lacks tslib/],
  [
    'an optional dependency',
    manifest({ optionalDependencies: { fsevents: '^2.3.0' } }),
    /optionalDependencies has fsevents/,
  ],
  [
    'a missing peer',
    manifest({ peerDependencies: { rxjs: '^7.4.0' } }),
    /peerDependencies lacks @angular\/core/,
  ],
  [
    'a router that every app would need',
    manifest({ peerDependenciesMeta: {} }),
    /peerDependenciesMeta lacks @angular\/router/,
  ],
  ['side effects', manifest({ sideEffects: true }), /"sideEffects" is true/],
  ['nothing said of side effects', manifest({ sideEffects: undefined }), /"sideEffects" is missing/],
  ['another licence', manifest({ license: 'ISC' }), /licence is not MIT/],
  ['no README', remove('README.md'), /README\.md is missing/],
  ['no llms.txt', remove('llms.txt'), /llms\.txt is missing/],
  ['a spec', add('types/tokens.spec.ts', 'export {};'), /tokens\.spec\.ts does not belong/],
  ['the harness of the specs', add('proof/world.mjs', ''), /proof\/world\.mjs does not belong/],
  [
    'an import at run time',
    add(CODE, 'const late = () => import("left-pad/late");'),
    /imports left-pad\/late/,
  ],
  ['an import of what is not declared', add(CODE, 'import "left-pad";'), /imports left-pad/],
  [
    'a schematic that needs more than the CLI has',
    add('schematics/ng-add/index.js', 'const pad = require("left-pad");'),
    /schematics\/ng-add\/index\.js imports left-pad/,
  ],
  [
    'an absolute path in its code',
    add(CODE, '// /home/somebody/ngx-bearer/src'),
    /names a place.*\/home\/somebody/,
  ],
  [
    'a path of this machine',
    add('README.md', `Built in ${homedir()}.`),
    /README\.md names a place on a machine/,
  ],
  ['a path of Windows', add('README.md', 'C:\\Users\\somebody'), /README\.md names a place on a machine/],
  ['a source map of absolute paths', source('/build/src/tokens.ts'), /has the source \/build/],
  [
    'a spec in its source map',
    source('../../../projects/ngx-bearer/src/tokens.spec.ts'),
    /has the source .*spec/,
  ],
  [
    'the harness in its source map',
    source('../../../projects/ngx-bearer/src/spec/clock.ts'),
    /has the source .*spec/,
  ],
  ['types that are not there', remove('types/ngx-bearer.d.ts'), /are-the-types-wrong|no types/],
  ['an entry point that is not there', remove(CODE), /publint: .*does not exist/],
  [
    'types after what they describe',
    manifest({ exports: { '.': { default: `./${CODE}`, types: './types/ngx-bearer.d.ts' } } }),
    /publint: .*types/,
  ],
];

describe('the package check', () => {
  it('finds nothing wrong with the package as built', async () => {
    assert.deepEqual(await complaintsAbout(await setup()), []);
  });

  for (const [what, change, said] of broken) {
    it(`complains of ${what}`, async () => {
      const complaints = await complaintsAbout(await setup(change));
      assert.ok(
        complaints.some((complaint) => said.test(complaint)),
        complaints.join('\n') || 'no complaint',
      );
    });
  }

  it('packs the same files to the same bytes, and others to others', async () => {
    const [first, second] = [await pack(await setup()), await pack(await setup())];
    assert.equal(first.sha512, second.sha512);
    const changed = await pack(await setup(add('README.md', ' ')));
    assert.notEqual(first.sha512, changed.sha512);
  });
});

describe('the SBOM', () => {
  it('names the package by its digest, and what it depends on', async () => {
    const tarball = await pack(await setup());
    const sbom = await listMaterials(tarball);
    assert.deepEqual(compareMaterials(sbom, tarball).complaints, []);
    assert.equal(sbom.metadata.component.name, 'ngx-bearer');
    assert.match(compareMaterials(sbom, tarball).figures, /^tslib 2\.\d+\.\d+$/);
  });

  it('is not that of another tarball, nor of other dependencies', async () => {
    const sbom = await listMaterials(await pack(await setup()));
    const more = await pack(await setup(manifest({ dependencies: { tslib: '^2.3.0', rxjs: '^7.4.0' } })));
    assert.deepEqual(compareMaterials(sbom, more).complaints, [
      'The SBOM does not name the digest of the tarball.',
      'The SBOM lists tslib; the package depends on rxjs, tslib.',
    ]);
  });

  it('is not made where the lock file does not know a dependency', async () => {
    const tarball = await pack(await setup());
    await assert.rejects(listMaterials(tarball, { packages: {} }), /does not know tslib/);
  });
});

async function complaintsAbout(folder: string): Promise<string[]> {
  const tarball = await pack(folder);
  const findings = await Promise.all([...rules, ...lints].map(async ({ look }) => look(tarball)));
  return findings.flatMap(({ complaints }) => complaints);
}

/** A copy of the package as built, changed. */
async function setup(change?: Change): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'package-'));
  after(() => rm(folder, { recursive: true }));
  await cp(BUILT, folder, { recursive: true });
  await change?.(folder);
  return folder;
}

function manifest(fields: Partial<Manifest>): Change {
  return (folder) => edit<Manifest>(join(folder, 'package.json'), (found) => ({ ...found, ...fields }));
}

function source(path: string): Change {
  return (folder) =>
    edit<{ sources: string[] }>(join(folder, MAP), (map) => ({ ...map, sources: [...map.sources, path] }));
}

function add(path: string, text: string): Change {
  return async (folder) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await appendFile(join(folder, path), `\n${text}`);
  };
}

function remove(path: string): Change {
  return (folder) => rm(join(folder, path));
}

async function edit<T>(path: string, change: (found: T) => T): Promise<void> {
  const found = JSON.parse(await readFile(path, 'utf8')) as T;
  await writeFile(path, JSON.stringify(change(found)));
}
