import type { Judge, Violation } from './invariants/judge.ts';
import type { Library } from './library.ts';
import { grammar, type Program } from './program/program.ts';
import { type Clock, turn } from './world/clock.ts';
import { finish } from './world/finish.ts';
import { usesProofs } from './world/nonces.ts';
import { perform } from './world/perform.ts';
import { watchFaults } from './world/watch-faults.ts';
import { World } from './world/world.ts';

/** What programs run in: one clock for all, since it stands in for the one of the process. */
export interface Surroundings {
  readonly library: Library;
  readonly clock: Clock;
  readonly judge: Judge;
}

/** Runs one program from start to end, and returns the first promise that it sees broken. */
export async function runProgram(
  { setting, steps }: Program,
  surroundings: Surroundings,
  story: string[] | null = null,
): Promise<Violation | null> {
  const { judge, clock } = surroundings;
  clock.reset();
  judge.begin();
  const world = new World(surroundings, setting, story);
  const isAsync = usesPromises({ setting, steps });
  surroundings.library.forgetWarnings();
  const stopWatching = watchFaults(world);
  try {
    await performAll({ setting, steps }, world, isAsync);
    if (!judge.violation) await finish(world, isAsync);
    world.see('end', null);
    return judge.violation;
  } finally {
    // Whatever promises still have to do must not reach into the next program.
    world.destroyPage();
    if (isAsync) await turn();
    stopWatching();
  }
}

/** Takes one step after the other, up to the first after which a promise is broken. */
async function performAll({ setting, steps }: Program, world: World, isAsync: boolean): Promise<void> {
  for (const step of steps) {
    world.turn++;
    world.note(() => `  ${grammar.describeStep(step)}`);
    // To make a proof takes no time.
    if (usesProofs(setting) && (step.kind === 'wait' || step.kind === 'jump')) await turn();
    attempt(() => {
      perform(step, world);
    }, world.clock);
    if (isAsync && (setting.turns === 'every step' || step.kind === 'turn')) await turn();
    world.see('step', null);
    if (world.judge.violation) return;
  }
}

/** Whether anything in it waits for a promise: most programs need not wait, and run far quicker. */
function usesPromises({ setting, steps }: Program): boolean {
  const isStoreOwn = setting.storage !== 'memory' && setting.storage !== 'local';
  return (
    isStoreOwn ||
    usesProofs(setting) ||
    setting.strategy === 'promise' ||
    steps.some(({ kind }) => kind === 'ask')
  );
}

/** Nothing that an app does with the library throws. */
function attempt(action: () => void, { faults }: Clock): void {
  try {
    action();
  } catch (fault) {
    faults.push(fault);
  }
}
