import { build } from 'esbuild';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import { LIBRARY, linkAngular } from '../../tools/bundle.ts';
import type { Caller } from '../caller/contract.ts';
import { onStage } from './journey.ts';
import { openStage, type Plan, type Stage } from './stage.ts';

/** The page of `caller/`, which only calls: for what no application would show. */
export interface CallerStage extends Stage {
  readonly caller: Remote;
}

type Remote = {
  readonly [Name in keyof Caller]: (
    ...parameters: Parameters<Caller[Name]>
  ) => Promise<Awaited<ReturnType<Caller[Name]>>>;
};

const built = { folder: null as Promise<string> | null };

after(async () => {
  const folder = await built.folder?.catch(() => null);
  if (folder) await rm(folder, { recursive: true });
});

/** The body of a test: opens the page, signs the clerk in, and walks. */
export function callerJourney(
  plan: Plan,
  walk: (stage: CallerStage) => Promise<void>,
): (test: TestContext) => Promise<void> {
  const open = async () => openStage(plan, await (built.folder ??= buildPage()));
  return onStage({ plan, open }, async (stage) => {
    const caller = remote(stage);
    await stage.page.goto(`${stage.origin}/?${new URLSearchParams(plan.address).toString()}`);
    await stage.page.waitForFunction(() => 'caller' in window);
    await caller.signIn('clerk');
    await stage.depot.forget();
    await walk({ ...stage, caller });
  });
}

// The page runs these functions as text, so that each must stand alone.
function remote({ page }: Stage): Remote {
  return {
    signIn: (username) => page.evaluate((name) => window.caller.signIn(name), username),
    send: (calls) => page.evaluate((all) => window.caller.send(all), calls),
    signedIn: () => page.evaluate(() => window.caller.signedIn()),
    events: () => page.evaluate(() => window.caller.events()),
  };
}

async function buildPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ngx-bearer-caller-'));
  await build({
    entryPoints: [join(import.meta.dirname, '..', 'caller', 'main.ts')],
    outfile: join(folder, 'main.js'),
    bundle: true,
    format: 'esm',
    alias: { 'ngx-bearer': LIBRARY },
    define: { ngDevMode: 'false', ngJitMode: 'false', ngServerMode: 'false' },
    plugins: [linkAngular()],
  });
  await writeFile(join(folder, 'index.html'), PAGE);
  return folder;
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>A page that only calls</title>
    <link rel="icon" href="data:,">
    <script type="module" src="main.js"></script>
  </head>
</html>
`;
