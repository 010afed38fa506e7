import { Grammar, type ProgramOf } from '../../program/grammar.ts';
import { type Setting, SETTINGS } from './setting.ts';
import { type Step, STEPS } from './step.ts';

/** Something that may happen to the tabs of one origin, from start to end. */
export type Program = ProgramOf<Setting, Step>;

export const grammar = new Grammar<Setting, Step>(SETTINGS, STEPS);
