import { after, type TestContext } from 'node:test';
import { keepArtifacts } from './artifacts.ts';
import { DemoPage } from './demo-page.ts';
import { disconnectBrowser } from './shared-browser.ts';
import { allowedLines, openStage, type Plan, type Stage } from './stage.ts';

after(disconnectBrowser);

/** A journey through the demo. */
export interface DemoPlan extends Plan {
  /** Who has signed in when the journey begins. @default 'clerk' */
  readonly signedInAs?: 'clerk' | 'manager' | null;
}

export interface DemoStage extends Stage {
  readonly demo: DemoPage;
}

type Walk<S extends Stage> = (stage: S) => Promise<void>;

/** The body of a test: opens the demo, signs in, and walks. */
export function journey(plan: DemoPlan, walk: Walk<DemoStage>): (test: TestContext) => Promise<void> {
  return onStage({ plan, open: () => openStage(plan) }, async (stage) => {
    const demo = new DemoPage(stage.page, stage.origin);
    await demo.open(plan.address);
    const { signedInAs = 'clerk' } = plan;
    if (signedInAs !== null) {
      await demo.signIn(signedInAs);
      await demo.settlesOn({ lanes: { done: 6 } });
      await stage.depot.forget();
    }
    await walk({ ...stage, demo });
  });
}

/** Runs a walk, holds it to what holds on every journey, keeps what it saw if it failed, and clears the stage. */
export function onStage(
  { plan, open }: { plan: Plan; open: () => Promise<Stage> },
  walk: Walk<Stage>,
): (test: TestContext) => Promise<void> {
  return async (test) => {
    const stage = await open();
    try {
      await walk(stage);
      stage.witness.assertQuietConsole(allowedLines(plan));
      await stage.witness.assertNoTokenShown();
    } catch (error) {
      test.diagnostic(`What it saw: ${await keepArtifacts(test.fullName, stage)}`);
      throw error;
    } finally {
      await stage.close();
    }
  };
}
