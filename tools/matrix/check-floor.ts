import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from '../package-npm.ts';
import type { Kit } from './create-workspace.ts';
import { FLOOR } from './versions.ts';

/** The newest Angular below the floor: its `HttpClient` ignores `redirect`. */
const TOO_OLD = '~20.0.0';

/** npm refuses the package beside an Angular that is too old, and installs it beside the lowest that is allowed. */
export async function checkFloor(kit: Kit): Promise<void> {
  await assert.rejects(installBeside(TOO_OLD, kit), /ERESOLVE/, `npm installs it beside Angular ${TOO_OLD}.`);
  await installBeside(FLOOR['angular'] ?? '', kit);
  console.log(`npm refuses Angular ${TOO_OLD} (ERESOLVE) and accepts ${FLOOR['angular'] ?? ''}.`);
}

async function installBeside(angular: string, { folder, tarball }: Kit): Promise<void> {
  const app = join(folder, `beside-${angular}`);
  await mkdir(app);
  const dependencies = { '@angular/common': angular, '@angular/core': angular, rxjs: '^7.8.0' };
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, dependencies }));
  await npm(['install', '--package-lock-only', '--no-audit', '--no-fund', '--prefer-offline', tarball], app);
}
