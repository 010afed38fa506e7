import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './package-npm.ts';
import type { Finding } from './package-rules.ts';
import type { Tarball } from './package-tarball.ts';

const LOCK = join(import.meta.dirname, '..', 'package-lock.json');

/** As much of a CycloneDX document as is read here. */
export interface Sbom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
}

interface Component {
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly [field: string]: unknown } | undefined>>;
}

/**
 * Has npm list what an install of the package brings: its dependencies, in the versions that it is tested with. The
 * peers are the app's. The list names the tarball by its digest.
 */
export async function listMaterials(tarball: Tarball, lock?: Lock): Promise<Sbom> {
  const { name } = tarball.manifest;
  const root = await mkdtemp(join(tmpdir(), 'materials-'));
  // npm calls a package by its folder's name.
  const folder = join(root, name);
  try {
    await mkdir(folder);
    const known = lock ?? (JSON.parse(await readFile(LOCK, 'utf8')) as Lock);
    for (const [file, content] of Object.entries(asInstalled(tarball, known))) {
      await writeFile(join(folder, file), JSON.stringify(content));
    }
    const text = await npm(
      ['sbom', '--sbom-format=cyclonedx', '--sbom-type=library', '--package-lock-only'],
      folder,
    );
    return withDigest(JSON.parse(text) as Sbom, tarball);
  } finally {
    await rm(root, { recursive: true });
  }
}

/** Whether the list names the package and what it depends on, and nothing else. */
export function compareMaterials(sbom: Sbom, { manifest, sha512 }: Tarball): Finding {
  const { component } = sbom.metadata;
  const listed = sbom.components.map(({ name }) => name).toSorted();
  const declared = Object.keys(manifest['dependencies'] ?? {}).toSorted();
  const isOurs = component.name === manifest.name && component.version === manifest.version;
  const hasDigest = component.hashes?.some(({ content }) => content === sha512);
  return {
    figures: sbom.components.map(({ name, version }) => `${name} ${version}`).join(),
    complaints: [
      ...(sbom.bomFormat === 'CycloneDX' ? [] : [`The SBOM is of the format ${sbom.bomFormat}.`]),
      ...(isOurs ? [] : [`The SBOM is about ${component.name} ${component.version}.`]),
      ...(hasDigest ? [] : ['The SBOM does not name the digest of the tarball.']),
      ...(listed.join() === declared.join()
        ? []
        : [`The SBOM lists ${listed.join(', ')}; the package depends on ${declared.join(', ')}.`]),
    ],
  };
}

function asInstalled({ manifest }: Tarball, lock: Lock): Record<string, unknown> {
  const { name, version, license, description, dependencies } = manifest;
  const root = { name, version, license, description, dependencies };
  const installed = Object.keys(dependencies ?? {}).map((dependency) => {
    const place = `node_modules/${dependency}`;
    const found = lock.packages[place];
    if (!found)
      throw new Error(`package-lock.json does not know ${dependency}, which the package depends on.`);
    // Here it is a tool among others; to who installs the package it is a part of it.
    return [place, { ...found, dev: false }] as const;
  });
  const packages = { '': root, ...Object.fromEntries(installed) };
  return {
    'package.json': root,
    'package-lock.json': { name, version, lockfileVersion: 3, requires: true, packages },
  };
}

function withDigest(sbom: Sbom, { sha512 }: Tarball): Sbom {
  const component = { ...sbom.metadata.component, hashes: [{ alg: 'SHA-512', content: sha512 }] };
  return { ...sbom, metadata: { ...sbom.metadata, component } };
}
