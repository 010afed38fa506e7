import type { Invariant, Situation } from '../../invariants/judge.ts';
import type { Moments } from '../world/facts.ts';
import type { World } from '../world/world.ts';

/** A promise about many tabs. */
export type TabsInvariant = Invariant<Moments, World>;

/** Something that has to come up between tabs, or the programs prove nothing about it. */
export type TabsSituation = Situation<Moments, World>;
