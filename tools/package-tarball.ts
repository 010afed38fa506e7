import { createPackageFromTarballData } from '@arethetypeswrong/core';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './package-npm.ts';

/** What the rules look at in a published `package.json`. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

/** A package as the registry would get it. */
export interface Tarball {
  readonly fileName: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the bytes, in hexadecimal. */
  readonly sha512: string;
  readonly manifest: Manifest;
  /** Text by path inside the package. */
  readonly files: ReadonlyMap<string, string>;
}

/** Packs a built package as `npm publish` would. Its scripts do not run. */
export async function pack(folder: string): Promise<Tarball> {
  const destination = await mkdtemp(join(tmpdir(), 'packed-'));
  try {
    const told = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', destination], folder);
    const fileName = readFileName(JSON.parse(told));
    return { fileName, ...open(new Uint8Array(await readFile(join(destination, fileName)))) };
  } finally {
    await rm(destination, { recursive: true });
  }
}

// Up to version 11 npm tells of a list of packages, later of packages by name.
function readFileName(told: unknown): string {
  const [packed] = Object.values(told as Record<string, { readonly filename: string }>);
  if (!packed) throw new Error('npm pack did not say what it has packed.');
  return packed.filename;
}

function open(bytes: Uint8Array<ArrayBuffer>): Omit<Tarball, 'fileName'> {
  const content = createPackageFromTarballData(bytes);
  const root = `/node_modules/${content.packageName}/`;
  const paths = content.listFiles().toSorted();
  const files = new Map(paths.map((path) => [path.slice(root.length), content.readFile(path)]));
  const manifest = JSON.parse(files.get('package.json') ?? '') as Manifest;
  return { bytes, sha512: createHash('sha512').update(bytes).digest('hex'), manifest, files };
}
