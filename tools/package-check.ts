import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lints } from './package-lints.ts';
import { rebuildAndPack } from './package-rebuild.ts';
import { rules, type Finding, type Rule } from './package-rules.ts';
import { compareMaterials, listMaterials, type Sbom } from './package-sbom.ts';
import { pack, type Tarball } from './package-tarball.ts';

const DIST = join(import.meta.dirname, '..', 'dist');
const BUILT = join(DIST, 'ngx-bearer');
/** What a release publishes. */
const RELEASED = join(DIST, 'package');

const reproducible: readonly Rule[] = [
  {
    sentence: 'packed again, it is the same bytes',
    look: async (tarball) => sameBytes(tarball, await pack(BUILT)),
  },
  {
    sentence: 'built again from scratch in another folder, it is the same bytes',
    look: async (tarball) => sameBytes(tarball, await rebuildAndPack()),
  },
];

if (existsSync(BUILT)) await check();
else fail('The library is not built. Run: npm run build');

async function check(): Promise<void> {
  await rm(RELEASED, { recursive: true, force: true });
  const tarball = await pack(BUILT);
  const { fileName, bytes } = tarball;
  console.log(`${fileName}, ${bytes.length.toLocaleString('en')} bytes, ${integrity(tarball)}\n`);
  for (const rule of [...rules, ...lints, ...reproducible]) await keep(rule, tarball);
  const sbom = await listMaterials(tarball);
  await keep(
    { sentence: 'its SBOM lists what it depends on', look: (it) => compareMaterials(sbom, it) },
    tarball,
  );
  if (process.exitCode === undefined) await hand(tarball, sbom);
}

async function keep({ sentence, look }: Rule, tarball: Tarball): Promise<void> {
  const { figures, complaints } = await look(tarball);
  if (complaints.length === 0) console.log(`✔ ${sentence} · ${figures}`);
  for (const complaint of complaints) fail(`${sentence}: ${complaint}`);
}

function sameBytes(first: Tarball, second: Tarball): Finding {
  const changed = [...new Set([...first.files.keys(), ...second.files.keys()])].filter(
    (path) => first.files.get(path) !== second.files.get(path),
  );
  return {
    figures: integrity(second).slice(0, 20),
    complaints:
      first.sha512 === second.sha512
        ? []
        : [
            `${changed.join(', ') || 'the order, mode or time of a file'} differs. Is dist/ngx-bearer built from what is here?`,
          ],
  };
}

/** As the registry tells it: `npm view ngx-bearer dist.integrity`. */
function integrity({ sha512 }: Tarball): string {
  return `sha512-${Buffer.from(sha512, 'hex').toString('base64')}`;
}

async function hand({ fileName, bytes, manifest }: Tarball, sbom: Sbom): Promise<void> {
  const list = `${manifest.name}-${manifest.version}.cdx.json`;
  await mkdir(RELEASED);
  await writeFile(join(RELEASED, fileName), bytes);
  await writeFile(join(RELEASED, list), `${JSON.stringify(sbom, null, 2)}\n`);
  console.log(`\ndist/package holds ${fileName} and ${list}`);
}

function fail(reason: string): void {
  console.error(`✖ ${reason}`);
  process.exitCode = 1;
}
