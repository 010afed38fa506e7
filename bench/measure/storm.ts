import type { StormEnd } from '../probes/storm.ts';
import { median, ratioOfNeighbours, spread, type Spread } from '../report/statistics.ts';
import type { Laboratory } from '../samples/in-node.ts';
import type { StormSize } from '../samples/task.ts';
import { type Entrant, GATE, OURS } from './entrants.ts';
import { attempt, rotate, type Run } from './run.ts';

export const STORMS: readonly StormSize[] = [
  { size: 1, repeats: 300 },
  { size: 10, repeats: 100 },
  { size: 100, repeats: 30 },
  { size: 1_000, repeats: 8 },
  { size: 10_000, repeats: 3 },
];
const BASE = 1_000;
export const LARGEST = 100_000;
/** In one process, so that the growth is that of neighbours. */
const GROWING: readonly StormSize[] = [
  { size: BASE, repeats: 8 },
  { size: LARGEST, repeats: 1 },
];
/** Compiled code is measured, not its compilation. */
const WARM_UP_SIZE = 10_000;
const HEAP_STORM = 10_000;
const HEAP_REPEATS = 3;

export interface StormFigures {
  readonly microsecondsEach: Spread;
  readonly timesGate: Spread;
  readonly end: StormEnd;
}

export interface StormRecord {
  readonly bySize: ReadonlyMap<number, StormFigures>;
  /** Time of a request in the largest storm, × that in one of a thousand; null where there was none. */
  readonly growth: Spread | null;
}

export type Storms = ReadonlyMap<string, StormRecord>;

export const healers = ({ about }: Entrant) => about.can.includes('heal');

/** Parallel rejections, from one to a hundred thousand, beside the smallest gate. */
export async function measureStorms(run: Run, lab: Laboratory, samples: number): Promise<Storms> {
  const all = new Map<string, StormRecord>();
  for (const entrant of run.entrants.filter(healers)) {
    const bySize = await stormSamples(run, lab, { entrant, storms: STORMS, samples });
    const far =
      goesFar(run, lab, entrant) && (await stormSamples(run, lab, { entrant, storms: GROWING, samples }));
    const largest = far && far.get(LARGEST);
    const base = far && far.get(BASE);
    const growth =
      largest && base
        ? spread(largest.medians.map((each, index) => each / (base.medians[index] ?? NaN)))
        : null;
    all.set(entrant.id, {
      bySize: new Map([...bySize, ...(largest ? [[LARGEST, largest] as const] : [])]),
      growth,
    });
  }
  return all;
}

function goesFar({ extent, node }: Run, lab: Laboratory, { id }: Entrant): boolean {
  const { everybodyInNode, inChromium } = extent.largestStorm;
  const isOneOfTwo = id === OURS || id === GATE;
  return lab === node ? everybodyInNode || isOneOfTwo : inChromium && isOneOfTwo;
}

interface StormTask {
  readonly entrant: Entrant;
  readonly storms: readonly StormSize[];
  readonly samples: number;
}

/** With the median of each sample, in the order they were taken. */
type Sampled = StormFigures & { readonly medians: readonly number[] };

async function stormSamples(run: Run, lab: Laboratory, task: StormTask): Promise<Map<number, Sampled>> {
  const { entrant, storms, samples } = task;
  const largest = storms.at(-1)?.size ?? 0;
  const what = `storms up to ${largest.toLocaleString('en')} for ${entrant.about.name} in ${lab.name}`;
  const taken: StormEnd[][][][] = [];
  for (let round = 0; round < samples; round++) {
    run.say(what);
    const lanes = rotate([GATE, entrant.id], round);
    const plan = { storms, warmUpSize: WARM_UP_SIZE };
    const ends = await attempt(run, what, () => lab.do({ probe: 'storm', lanes, plan }));
    if (ends) taken.push(ends.map((bySize) => rotate(bySize, round)));
  }
  const figures = new Map<number, Sampled>();
  for (const [index, { size }] of storms.entries()) {
    const sampled = summarise(taken.map((bySize) => bySize[index] ?? []));
    if (sampled) figures.set(size, sampled);
  }
  return figures;
}

/** Of one size: each sample holds the storms of the smallest gate, then those of the entrant. */
function summarise(samples: readonly StormEnd[][][]): Sampled | null {
  const each = (ends: readonly StormEnd[] = []) => ends.map(({ microsecondsEach }) => microsecondsEach);
  const medians = samples.map(([, own]) => median(each(own)));
  const ratios = samples.map(([gate, own]) => ratioOfNeighbours(each(own), each(gate)));
  const end = samples.at(-1)?.[1]?.at(-1);
  return end ? { microsecondsEach: spread(medians), timesGate: spread(ratios), end, medians } : null;
}

/** Bytes that a storm of 10,000 leaves behind, by entrant. */
export async function measureHeap(run: Run): Promise<ReadonlyMap<string, Spread>> {
  const kept = new Map<string, Spread>();
  for (const entrant of run.entrants.filter(healers)) {
    run.say(`heap that ${entrant.about.name} keeps`);
    const samples = await heapSamples(run, entrant);
    if (samples.length > 0) kept.set(entrant.id, spread(samples));
  }
  return kept;
}

async function heapSamples(run: Run, { id, about }: Entrant): Promise<number[]> {
  const plan = { size: HEAP_STORM, repeats: HEAP_REPEATS };
  const samples: number[] = [];
  for (let sample = 0; sample < run.extent.stormSamples; sample++) {
    const task = { probe: 'heap', lanes: [id], plan } as const;
    const bytes = await attempt(run, `heap of ${about.name}`, () => run.node.do(task));
    if (bytes !== null) samples.push(bytes);
  }
  return samples;
}
