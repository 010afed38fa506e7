import { Judge } from '../invariants/judge.ts';
import type { Model } from '../model.ts';
import { counterexamples } from './counterexamples.ts';
import { invariants } from './invariants/all.ts';
import { situations } from './invariants/situations.ts';
import { grammar, type Program } from './program/program.ts';
import { runProgram } from './run.ts';

/** Several tabs of one origin, and all that may happen between them. */
export const tabs: Model<Program> = {
  name: 'many tabs',
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
