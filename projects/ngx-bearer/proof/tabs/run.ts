import type { Violation } from '../invariants/judge.ts';
import { turn } from '../world/clock.ts';
import { watchFaults } from '../world/watch-faults.ts';
import { grammar, type Program } from './program/program.ts';
import { finish } from './world/finish.ts';
import { allGoAhead } from './world/pages.ts';
import { perform } from './world/perform.ts';
import { type Surroundings, World } from './world/world.ts';

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
  surroundings.library.forgetWarnings();
  const stopWatching = watchFaults(world);
  try {
    await begin(world);
    for (const step of steps) {
      world.note(() => `  ${grammar.describeStep(step)}`);
      await perform(step, world);
      await letGo(world);
      if (judge.violation) return judge.violation;
    }
    await finish(world);
    await end(world);
    return judge.violation;
  } finally {
    // Whatever promises still have to do must not reach into the next program.
    await end(world);
    stopWatching();
  }
}

/** Opens the tabs, and signs in where that is asked for. */
async function begin(world: World): Promise<void> {
  const { start, tabs, storage } = world.setting;
  const first = world.open();
  if (start === 'signed in') {
    await world.enter(first, () => {
      world.signIn(first, 'A');
    });
    await allGoAhead(world, { tasks: true, news: true });
  }
  for (let count = 1; count < tabs; count++) world.open(storage === 'session' ? first.tab : undefined);
  await world.settle();
}

/** What goes ahead by itself after each step. */
async function letGo(world: World): Promise<void> {
  const { pace, news } = world.setting;
  await allGoAhead(world, { tasks: pace === 'by itself', news: news === 'at once' });
}

async function end(world: World): Promise<void> {
  // Node goes on calling the performance observers of a page that is gone.
  for (const page of [...world.pages, ...world.gone]) {
    world.clock.owner = page;
    page.destroy();
  }
  await turn();
  if (world.pages.length > 0) world.see('end', null);
  world.pages = [];
  world.gone.length = 0;
}
