import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ServerUnderTest } from './server.ts';

const HEAVY = join(import.meta.dirname, 'heavy');

/** A server, the folder that it runs in, and the reason if it cannot run here. */
export interface FoundServer {
  readonly server: ServerUnderTest;
  readonly folder: string;
  readonly missing: string | null;
}

/** All servers: a folder each here, and in `heavy/`, which is a package of its own. */
export async function findServers(): Promise<FoundServer[]> {
  const files = globSync('{,heavy/}*/server.ts', { cwd: import.meta.dirname }).sort();
  return Promise.all(files.map((file) => inspect(join(import.meta.dirname, file))));
}

async function inspect(file: string): Promise<FoundServer> {
  const folder = dirname(file);
  const exported = Object.values((await import(file)) as Record<string, unknown>);
  const server = exported.find(isServer);
  if (!server) throw new Error(`${file} exports no server.`);
  const isUninstalled = dirname(folder) === HEAVY && !existsSync(join(HEAVY, 'node_modules'));
  const missing = isUninstalled
    ? 'not installed (npm ci --prefix e2e/servers/heavy)'
    : await server.missing();
  return { server, folder, missing };
}

function isServer(value: unknown): value is ServerUnderTest {
  return typeof value === 'object' && value !== null && 'id' in value && 'refreshPath' in value;
}
