import type { Way } from '../probes/cost.ts';
import { median, ratioOfNeighbours, spread, type Spread } from '../report/statistics.ts';
import type { Laboratory } from '../samples/in-node.ts';
import { BARE, type Entrant, GATE } from './entrants.ts';
import { attempt, rotate, type Run } from './run.ts';

const USUAL: Way = { allowCount: 1, storage: 'memory', urls: 'repeated' };

export interface CostFigures {
  readonly nanosecondsAdded: Spread;
  readonly timesBare: Spread;
  readonly timesGate: Spread;
}

export interface Variant {
  readonly label: string;
  readonly way: Way;
  readonly suits: (entrant: Entrant) => boolean;
}

const hasAllow = ({ about }: Entrant) => about.can.includes('allow');

export const VARIANTS: readonly Variant[] = [
  { label: '10 allowed', way: { ...USUAL, allowCount: 10 }, suits: hasAllow },
  { label: '50 allowed', way: { ...USUAL, allowCount: 50 }, suits: hasAllow },
  {
    label: 'localStorage',
    way: { ...USUAL, storage: 'local' },
    suits: ({ about }) => about.can.includes('store') || about.name === '@auth0/angular-jwt',
  },
  { label: 'new URLs', way: { ...USUAL, urls: 'new' }, suits: () => true },
];

/** What a request with a ready token costs, beside a bare one and one through the smallest gate. */
export async function measureCosts(run: Run, lab: Laboratory, samples: number) {
  const taken = new Map<string, Taken>();
  for (let round = 0; round < samples; round++) {
    run.say(`cost in ${lab.name}, round ${round + 1} of ${samples}`);
    for (const entrant of rotate(run.entrants, round * 5)) await takeSample(run, lab, { entrant, taken });
  }
  const figures = new Map<string, CostFigures>();
  for (const [id, { added, timesBare, timesGate }] of taken) {
    figures.set(id, {
      nanosecondsAdded: spread(added),
      timesBare: spread(timesBare),
      timesGate: spread(timesGate),
    });
  }
  return figures;
}

/** One figure a sample. */
interface Taken {
  readonly added: number[];
  readonly timesBare: number[];
  readonly timesGate: number[];
}

async function takeSample(
  run: Run,
  lab: Laboratory,
  { entrant: { id, about }, taken }: { entrant: Entrant; taken: Map<string, Taken> },
): Promise<void> {
  const lanes = [BARE, GATE, id];
  const plan = { ways: lanes.map(() => USUAL), ...timesOf(run) };
  const figures = await attempt(run, `cost of ${about.name} in ${lab.name}`, () =>
    lab.do({ probe: 'cost', lanes, plan }),
  );
  const [bare = [], gate = [], own = []] = figures ?? [];
  if (own.length === 0) return;
  const all = taken.get(id) ?? { added: [], timesBare: [], timesGate: [] };
  taken.set(id, all);
  all.added.push(median(own.map((figure, index) => figure - (bare[index] ?? NaN))));
  all.timesBare.push(ratioOfNeighbours(own, bare));
  all.timesGate.push(ratioOfNeighbours(own, gate));
}

export type VariantFigures = ReadonlyMap<string, ReadonlyMap<string, Spread>>;

/** How many times the usual cost each variant is, by entrant and label. */
export async function measureVariants(run: Run, lab: Laboratory): Promise<VariantFigures> {
  const all = new Map<string, ReadonlyMap<string, Spread>>();
  for (const entrant of run.entrants) {
    run.say(`other ways of ${entrant.about.name} in ${lab.name}`);
    all.set(entrant.id, await variantsOf(run, lab, entrant));
  }
  return all;
}

async function variantsOf(run: Run, lab: Laboratory, entrant: Entrant): Promise<Map<string, Spread>> {
  const figures = new Map<string, Spread>();
  for (const variant of VARIANTS.filter(({ suits }) => suits(entrant))) {
    const ratios = await variantSamples(run, lab, { entrant, variant });
    if (ratios.length > 0) figures.set(variant.label, spread(ratios));
  }
  return figures;
}

interface VariantTask {
  readonly entrant: Entrant;
  readonly variant: Variant;
}

async function variantSamples(run: Run, lab: Laboratory, task: VariantTask): Promise<number[]> {
  const { id, about } = task.entrant;
  const { label, way } = task.variant;
  const ratios: number[] = [];
  for (let sample = 0; sample < run.extent.variantSamples; sample++) {
    const plan = { ways: [USUAL, way], ...timesOf(run) };
    const figures = await attempt(run, `${label} of ${about.name}`, () =>
      lab.do({ probe: 'cost', lanes: [id, id], plan }),
    );
    const [usual = [], varied = []] = figures ?? [];
    if (varied.length > 0) ratios.push(ratioOfNeighbours(varied, usual));
  }
  return ratios;
}

function timesOf({ extent: { warmUpMs, measureMs } }: Run) {
  return { warmUpMs, measureMs };
}
