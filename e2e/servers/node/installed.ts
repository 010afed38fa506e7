import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPackageJSON } from 'node:module';

/** The versions of installed packages: `express 5.3.0, jsonwebtoken 9.0.3`. */
export async function versionsOf(...names: readonly string[]): Promise<string> {
  const versions = await Promise.all(names.map(async (name) => `${name} ${await versionOf(name)}`));
  return versions.join(', ');
}

async function versionOf(name: string): Promise<string> {
  const file = findPackageJSON(name, join(import.meta.dirname, 'installed.ts'));
  if (!file) throw new Error(`${name} is not installed.`);
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}
