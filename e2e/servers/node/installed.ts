import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import type { ServerUnderTest } from '../server.ts';

/** A Node program whose packages a lock file fixes. */
export function inNode(
  version: ServerUnderTest['version'],
): Pick<ServerUnderTest, 'pinned' | 'command' | 'missing' | 'version'> {
  return { pinned: true, command: ['node', 'program.ts'], missing: () => Promise.resolve(null), version };
}

/** The versions of installed packages: `express 5.3.0, jsonwebtoken 9.0.3`. */
export function versionsOf(...names: readonly string[]): Promise<string> {
  return versionsSeenFrom(import.meta.filename, names);
}

/** The versions that a module in that file gets. */
export async function versionsSeenFrom(file: string, names: readonly string[]): Promise<string> {
  const versions = await Promise.all(names.map(async (name) => `${name} ${await versionOf(name, file)}`));
  return versions.join(', ');
}

async function versionOf(name: string, importer: string): Promise<string> {
  const file = findPackageJSON(name, importer);
  if (!file) throw new Error(`${name} is not installed.`);
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}
