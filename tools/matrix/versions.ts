import { npm } from '../package-npm.ts';
import type { Cell } from './cells.ts';

/** The lowest versions that `peerDependencies` and `dependencies` of the package allow. */
export const FLOOR: Readonly<Record<string, string>> = { angular: '20.1.0', rxjs: '7.5.5', tslib: '2.3.0' };

/**
 * The newest CLI of a major whose own packages are on the registry too: `ng new` asks for an `@angular/build` of the
 * CLI's version or a later one, and a registry may have one of them hours before the other.
 */
export async function cliVersion(angular: Cell['angular'], folder: string): Promise<string> {
  if (angular === '20.1') return FLOOR['angular'] ?? '';
  if (angular === 'next') return (await versions('@angular/cli@next', folder)).at(-1) ?? '';
  const [clis, builds] = await Promise.all(
    ['@angular/cli', '@angular/build'].map((name) => versions(`${name}@^${angular}.0.0`, folder)),
  );
  const newestBuild = builds?.at(-1);
  const found = clis?.findLast((version) => newestBuild && inOrder(version, newestBuild) <= 0);
  if (!found) throw new Error(`The registry has no @angular/cli ${angular} with its @angular/build.`);
  return found;
}

async function versions(specifier: string, folder: string): Promise<string[]> {
  const told = JSON.parse(await npm(['view', specifier, 'version', '--json'], folder)) as string | string[];
  return [told].flat().toSorted(inOrder);
}

function inOrder(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
