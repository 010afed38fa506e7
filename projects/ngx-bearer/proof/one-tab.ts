import { counterexamples } from './counterexamples.ts';
import { invariants } from './invariants/all.ts';
import { Judge } from './invariants/judge.ts';
import { situations } from './invariants/situations.ts';
import type { Model } from './model.ts';
import { grammar, type Program } from './program/program.ts';
import { runProgram } from './run-program.ts';

/** One tab, and all that may happen to it. */
export const oneTab: Model<Program> = {
  name: 'one tab',
  programs: grammar.programs,
  counterexamples,
  invariants,
  situations,
  describe: (program) => grammar.describe(program),
  begin: ({ library, clock, only }) => {
    const judge = new Judge(only ? invariants.filter(({ id }) => only.includes(id)) : invariants, situations);
    const { checks, occurrences } = judge;
    return {
      checks,
      occurrences,
      run: (program, story) => runProgram(program, { library, clock, judge }, story),
    };
  },
};
