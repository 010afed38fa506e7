import { openTabStage, type StagePlan, type TabStage } from './tab-stage.ts';
import type { RemoteTab } from './tab.ts';

type Walk = (stage: TabStage, tabs: readonly [RemoteTab, ...RemoteTab[]]) => Promise<void>;

/** The body of a test: opens so many tabs, signs the clerk in, and walks. */
export function onTabs(plan: StagePlan & { readonly tabs: number }, walk: Walk): () => Promise<void> {
  return async () => {
    const { tabs: count, ...stagePlan } = plan;
    const stage = await openTabStage(stagePlan);
    try {
      const tabs = await stage.openSignedIn(count);
      stage.server.wire.log.forget();
      await walk(stage, tabs);
    } finally {
      await stage.close();
    }
  };
}
