import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Caller } from '../caller/contract.ts';
import { bundlePages } from './bundle-pages.ts';
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

const SCRIPTS = { index: join(import.meta.dirname, '..', 'caller', 'main.ts') };
const built = { folder: null as Promise<string> | null };

/** The body of a test: opens the page, signs the clerk in, and walks. */
export function callerJourney(
  plan: Plan,
  walk: (stage: CallerStage) => Promise<void>,
): (test: TestContext) => Promise<void> {
  const open = async () => openStage(plan, await (built.folder ??= bundlePages(SCRIPTS)));
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
