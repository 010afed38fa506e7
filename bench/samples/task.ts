import { measureCost, type CostPlan } from '../probes/cost.ts';
import { SCENARIOS, type Behaviour, behave } from '../probes/behaviour.ts';
import { fail, type FailureEnd } from '../probes/failure.ts';
import type { Lane } from '../probes/lane.ts';
import { heapKeptByStorms, storm, type StormEnd } from '../probes/storm.ts';
import type { About } from '../adapters/contract.ts';

/** What a fresh process or page is started for: a probe, the bundles it needs, and its measure. */
export interface Tasks {
  about: { plan: null; result: About };
  cost: { plan: CostPlan; result: number[][] };
  storm: { plan: StormPlan; result: StormEnd[][][] };
  heap: { plan: { size: number; repeats: number }; result: number };
  failure: { plan: { failure: FailureEnd['failure']; waitMs: number }; result: FailureEnd };
  behaviour: { plan: null; result: Behaviour[] };
}

export interface StormSize {
  readonly size: number;
  /** Small storms are over before a clock can tell: they are many. */
  readonly repeats: number;
}

export interface StormPlan {
  readonly storms: readonly StormSize[];
  readonly warmUpSize: number;
}

export type Probe = keyof Tasks;

export interface Task<P extends Probe = Probe> {
  readonly probe: P;
  /** Names of bundles. A name may come twice: each is an instance of its own. */
  readonly lanes: readonly string[];
  readonly plan: Tasks[P]['plan'];
}

type Performers = { [P in Probe]: (lanes: Lane[], plan: Tasks[P]['plan']) => Promise<Tasks[P]['result']> };

const performers: Performers = {
  about: ([lane]) => Promise.resolve(first(lane).adapter.about),
  cost: measureCost,
  storm: stormByTurns,
  heap: ([lane], { size, repeats }) => heapKeptByStorms(first(lane), size, repeats),
  failure: ([lane], { failure, waitMs }) => fail(first(lane), failure, waitMs),
  behaviour: async ([lane]) => {
    const behaviours: Behaviour[] = [];
    for (const scenario of Object.keys(SCENARIOS)) behaviours.push(await behave(first(lane), scenario));
    return behaviours;
  },
};

/** Does a task where it is: in Node or in a page. */
export async function perform<P extends Probe>(task: Task<P>, urlOf: (name: string) => string) {
  const lanes: Lane[] = [];
  for (const [index, name] of task.lanes.entries()) {
    lanes.push((await import(`${urlOf(name)}?${index}`)) as Lane);
  }
  return performers[task.probe](lanes, task.plan);
}

/** The ends of each lane's storms, by size. */
async function stormByTurns(lanes: Lane[], { storms, warmUpSize }: StormPlan): Promise<StormEnd[][][]> {
  for (const lane of lanes) await storm(lane, warmUpSize);
  const all: StormEnd[][][] = [];
  for (const size of storms) all.push(await takeTurns(lanes, size));
  return all;
}

async function takeTurns(lanes: Lane[], { size, repeats }: StormSize): Promise<StormEnd[][]> {
  const ends: StormEnd[][] = lanes.map(() => []);
  for (let turn = 0; turn < repeats; turn++) {
    for (const [index, lane] of lanes.entries()) ends[index]?.push(await storm(lane, size));
  }
  return ends;
}

function first(lane: Lane | undefined): Lane {
  if (!lane) throw new Error('A task has no lane.');
  return lane;
}
