import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from '../browser.ts';
import { npm } from '../package-npm.ts';
import { type Cell, nameOf } from './cells.ts';
import { createWorkspace, type Kit, leaveWorkspace } from './create-workspace.ts';
import { runNg } from './run-ng.ts';
import { type Outcome, runPage } from './run-page.ts';
import { addInterceptorBehind, configPath, writePage } from './write-page.ts';

/** What a row shows. */
export interface Row extends Outcome {
  readonly versions: string;
  readonly tests: string;
}

const ADD = ['--api=https://api.example.com', '--refresh=exchange', '--storage=local', '--skip-confirmation'];

/** From `ng new` to six healed 401s. */
export async function runCell(cell: Cell, kit: Kit, browser: Browser): Promise<Row> {
  const app = await createWorkspace(cell, kit);
  try {
    await writePage(app, cell);
    await setUp(app, cell, kit);
    await addInterceptorBehind(app, cell);
    await runNg(app, ['build']);
    const tests = kit.isLinked ? 'not run' : await runTests(app, cell, browser);
    const outcome = await runPage(join(app, 'dist', nameOf(cell), 'browser'), browser);
    return { ...outcome, versions: await versionsOf(app), tests };
  } finally {
    await leaveWorkspace(app, cell, kit);
  }
}

/** Sets it up as a user does. The second time nothing may change. */
async function setUp(app: string, { structure, setup }: Cell, { tarball, isLinked }: Kit): Promise<void> {
  const config = configPath(app, structure);
  const add = (what: string) => runNg(app, ['add', what, ...ADD]);
  if (setup === 'migrate') {
    // Over links npm would empty the folders of this repository.
    if (!isLinked) await npm(['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], app);
    await runNg(app, ['generate', 'ngx-bearer:migrate', '--write']);
  } else await add(isLinked ? 'ngx-bearer' : tarball);
  const once = await readFile(config, 'utf8');
  const last = /withInterceptorsFromDi\(\), withInterceptors\(\[authInterceptor\]\)/;
  assert.match(once, structure === 'standalone' ? /\[before, authInterceptor\]/ : last);
  assert.doesNotMatch(once, /pasted-gate/);
  await add('ngx-bearer');
  assert.equal(await readFile(config, 'utf8'), once);
}

async function runTests(app: string, { runner }: Cell, { executablePath, env }: Browser): Promise<string> {
  Object.assign(process.env, env, { CHROME_BIN: executablePath });
  const browsers = runner === 'karma' ? ['--browsers=ChromeHeadlessNoSandbox'] : [];
  const said = await runNg(app, ['test', '--no-watch', ...browsers]);
  assert.match(said, /TOTAL: 1 SUCCESS|Executed 1 of 1 .*SUCCESS|Tests +1 passed/);
  return runner;
}

async function versionsOf(app: string): Promise<string> {
  const found = ['@angular/core', 'typescript', 'rxjs'].map(async (name) => {
    const manifest = JSON.parse(await readFile(join(app, 'node_modules', name, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    return manifest.version.padEnd(8);
  });
  return (await Promise.all(found)).join('');
}
