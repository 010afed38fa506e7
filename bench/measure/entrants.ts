import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { About } from '../adapters/contract.ts';
import { bundleAdapter } from '../samples/bundle.ts';
import type { Laboratory } from '../samples/in-node.ts';

const BENCH = join(import.meta.dirname, '..');
const ROOT = join(BENCH, '..');

export const BARE = 'bare';
export const GATE = 'smallest-gate';
export const OURS = 'ngx-bearer';

/** In the order of the tables. */
export const FILES = [
  BARE,
  'trivial-header',
  GATE,
  'pasted-gate',
  OURS,
  'peers/ngx-auth',
  'peers/angular-jwt',
  'peers/keycloak-angular',
  'peers/angular-oauth2-oidc',
  'peers/angular-auth-oidc-client',
  'peers/auth0-angular',
  'peers/axios-bare',
  'peers/axios-auth-refresh',
  'peers/axios-jwt',
];

/** Enough to see whether ours has become faster. */
export const FEWEST_FILES = [BARE, GATE, OURS];

/** One that takes part. */
export interface Entrant {
  /** The name of its bundle. */
  readonly id: string;
  readonly about: About;
  /** What it is made of, as installed. */
  readonly versions: readonly string[];
}

/** Bundles every adapter into the folder, and asks each what it is. */
export async function gatherEntrants(
  folder: string,
  node: Laboratory,
  files: readonly string[],
): Promise<Entrant[]> {
  const entrants: Entrant[] = [];
  for (const file of files) {
    const id = idOf(file);
    await bundleAdapter(file, join(folder, `${id}.mjs`));
    const about = await node.do({ probe: 'about', lanes: [id], plan: null });
    const versions = await Promise.all(about.packages.map(withVersion));
    entrants.push({ id, about, versions });
  }
  return entrants;
}

/** The name of an adapter's bundle. */
export function idOf(file: string): string {
  return file.replace('peers/', '');
}

/** Its name and version as installed in the bench, else at the root, else as built. */
export async function withVersion(name: string): Promise<string> {
  const folders = [join(BENCH, 'node_modules'), join(ROOT, 'node_modules'), join(ROOT, 'dist')];
  const file = folders.map((folder) => join(folder, name, 'package.json')).find((path) => existsSync(path));
  if (!file) throw new Error(`${name} is not installed.`);
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return `${name} ${version}`;
}
