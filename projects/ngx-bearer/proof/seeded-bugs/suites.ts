import type { Model } from '../model.ts';
import { oneTab } from '../one-tab.ts';
import { seededBugs as tabsBugs } from '../tabs/seeded-bugs/all.ts';
import { tabs } from '../tabs/tabs.ts';
import { seededBugs } from './all.ts';
import type { SeededBug } from './bug.ts';

/** The bugs, each with the model that has to find them. */
export const suites: readonly { readonly model: Model; readonly bugs: readonly SeededBug[] }[] = [
  { model: oneTab, bugs: seededBugs },
  { model: tabs, bugs: tabsBugs },
];
