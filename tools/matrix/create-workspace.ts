import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeWorkflow } from '@angular-devkit/schematics/tools/index.js';
import { lastValueFrom } from 'rxjs';
import { npm } from '../package-npm.ts';
import type { Tarball } from '../package-tarball.ts';
import { type Cell, mayFail, nameOf } from './cells.ts';
import { cliVersion, FLOOR } from './versions.ts';

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');
const QUIET = ['--no-audit', '--no-fund', '--prefer-offline'];

/** What a row is made with. */
export interface Kit {
  /** Where all of it is made. */
  readonly folder: string;
  /** The packed library, and the file it is in. */
  readonly packed: Tarball;
  readonly tarball: string;
  /** The Angular of this repository, by links, where nothing may be installed. */
  readonly isLinked: boolean;
}

/** Makes an application with `ng new` and returns its folder. */
export async function createWorkspace(cell: Cell, kit: Kit): Promise<string> {
  const app = join(kit.folder, nameOf(cell));
  if (kit.isLinked) {
    await generate(cell, kit.folder);
    await link(app, kit.packed);
    return app;
  }
  const version = await cliVersion(cell.angular, kit.folder);
  const flags = Object.entries(newOptions(cell)).map(([name, value]) => `--${kebab(name)}=${value}`);
  const command = ['ng', 'new', nameOf(cell), '--defaults', ...flags];
  await npm(['exec', '--yes', `--package=@angular/cli@${version}`, '--', ...command], kit.folder);
  if (cell.angular === '20.1') await lower(app);
  // A range admits no version before its release, so npm would refuse these peers.
  if (mayFail(cell)) await writeFile(join(app, '.npmrc'), 'legacy-peer-deps=true\n');
  await install(app, join(kit.folder, `modules-${cell.angular}`));
  return app;
}

/** Hands what is installed on to the next row of the same Angular. */
export async function leaveWorkspace(
  app: string,
  { angular }: Cell,
  { folder, isLinked }: Kit,
): Promise<void> {
  if (!isLinked) await rename(join(app, 'node_modules'), join(folder, `modules-${angular}`));
}

/** What `ng new` does, without its command: that refuses to run from inside a repository which is a workspace itself. */
async function generate(cell: Cell, folder: string): Promise<void> {
  const workflow = new NodeWorkflow(folder, { resolvePaths: [import.meta.dirname], schemaValidation: true });
  const { version } = createRequire(import.meta.url)('@angular/cli/package.json') as { version: string };
  const options = { ...newOptions(cell), name: nameOf(cell), version };
  await lastValueFrom(
    workflow.execute({ collection: '@schematics/angular', schematic: 'ng-new', options, allowPrivate: true }),
    { defaultValue: undefined },
  );
}

function newOptions(cell: Cell): Record<string, string | boolean> {
  const { angular, structure, detection, runner } = cell;
  return {
    directory: nameOf(cell),
    skipGit: true,
    skipInstall: true,
    ssr: false,
    style: 'css',
    standalone: structure === 'standalone',
    zoneless: detection === 'zoneless',
    ...(angular.startsWith('20') ? {} : { testRunner: runner }),
  };
}

async function install(app: string, shared: string): Promise<void> {
  if (existsSync(shared)) await rename(shared, join(app, 'node_modules'));
  await npm(['install', ...QUIET], app);
}

/** Every range of the application at its lowest. */
async function lower(app: string): Promise<void> {
  const path = join(app, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Readonly<Record<string, unknown>>;
  const lowered = ['dependencies', 'devDependencies'].map((field) => {
    const ranges = Object.entries((manifest[field] ?? {}) as Record<string, string>);
    return [field, Object.fromEntries(ranges.map(([name, range]) => [name, lowest(name) ?? range]))] as const;
  });
  await writeFile(path, JSON.stringify({ ...manifest, ...Object.fromEntries(lowered) }, null, 2));
}

function lowest(name: string): string | undefined {
  return name.startsWith('@angular/') ? FLOOR['angular'] : FLOOR[name];
}

/** Links every package of this repository into the application, and puts the packed library beside them. */
async function link(app: string, { files }: Tarball): Promise<void> {
  const modules = join(app, 'node_modules');
  await mkdir(modules);
  for (const name of await readdir(MODULES)) {
    if (!name.startsWith('.')) await symlink(join(MODULES, name), join(modules, name), 'junction');
  }
  for (const [path, text] of files) {
    const target = join(modules, 'ngx-bearer', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
