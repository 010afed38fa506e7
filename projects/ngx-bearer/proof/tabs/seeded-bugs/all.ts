import type { SeededBug } from '../../seeded-bugs/bug.ts';
import { apart } from './apart.ts';
import { losses } from './losses.ts';
import { records } from './records.ts';
import { turns } from './turns.ts';

export const seededBugs: readonly SeededBug[] = [...turns, ...records, ...losses, ...apart];
