import { Grammar, type ProgramOf } from './grammar.ts';
import { type Setting, SETTINGS } from './setting.ts';
import { type Step, STEPS } from './step.ts';

/** Something that may happen to a session, from start to end. */
export type Program = ProgramOf<Setting, Step>;

export const grammar = new Grammar<Setting, Step>(SETTINGS, STEPS);
