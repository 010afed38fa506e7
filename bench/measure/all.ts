import type { Figures } from '../report/figures.ts';
import { measureCosts, measureVariants } from './cost.ts';
import { watchManners } from './manners.ts';
import type { Run } from './run.ts';
import { weighQuickstarts } from './size.ts';
import { measureHeap, measureStorms } from './storm.ts';

/** Everything, one after the other: what is timed must have the machine to itself. */
export async function measureAll(run: Run): Promise<Figures> {
  const { entrants, extent, node, chromium, troubles } = run;
  return {
    entrants,
    cost: await measureCosts(run, node, extent.costSamples),
    chromiumCost: await measureCosts(run, chromium, extent.chromiumSamples),
    variants: await measureVariants(run, node),
    storms: await measureStorms(run, node, extent.stormSamples),
    chromiumStorms: await measureStorms(run, chromium, extent.chromiumStormSamples),
    heap: await measureHeap(run),
    manners: await watchManners(run),
    sizes: await weighQuickstarts(run),
    troubles,
  };
}
