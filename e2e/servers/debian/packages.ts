import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerUnderTest } from '../server.ts';

const LIST = join(import.meta.dirname, 'packages.txt');
const INSTALLED = /^(\S+) installed (?:\d+:)?([^-+~\s]+)/;

const run = promisify(execFile);

/**
 * Whether the Debian packages of a server are installed; `packages.txt` lists them. The versions of those under test
 * are shown by the names in `shown`.
 */
export function inDebian(
  id: string,
  shown: Readonly<Record<string, string>>,
): Pick<ServerUnderTest, 'missing' | 'version'> {
  const packages = packagesOf(id);
  return {
    missing: async () => {
      const installed = await installedVersions(packages);
      if (packages.every((name) => installed.has(name))) return null;
      return `not installed (apt-get install --no-install-recommends ${packages.join(' ')})`;
    },
    version: async () => {
      const installed = await installedVersions(packages);
      return Object.entries(shown)
        .map(([name, title]) => `${title} ${installed.get(name) ?? 'missing'}`)
        .join(', ');
    },
  };
}

function packagesOf(id: string): readonly string[] {
  const line = readFileSync(LIST, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${id}: `));
  if (!line) throw new Error(`${LIST} has no line for ${id}.`);
  return line.slice(id.length + 2).split(' ');
}

/** Upstream versions by package. */
async function installedVersions(packages: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const format = '${Package} ${db:Status-Status} ${Version}\n';
  // It fails if one package is unknown, but prints the others; elsewhere than on Debian it does not exist.
  const answer = await run('dpkg-query', ['-W', '-f', format, ...packages]).catch(
    (error: unknown) => error as { readonly stdout?: string },
  );
  const lines = (answer.stdout ?? '').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, name, version] = INSTALLED.exec(line) ?? [];
      return name && version ? [[name, version] as const] : [];
    }),
  );
}
