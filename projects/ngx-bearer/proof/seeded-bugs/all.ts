import type { SeededBug } from './bug.ts';
import { coolDown } from './cool-down.ts';
import { failures } from './failures.ts';
import { gate } from './gate.ts';
import { identity } from './identity.ts';
import { proofs } from './proofs.ts';
import { scopeAndRequests } from './scope-and-requests.ts';
import { store } from './store.ts';

export const seededBugs: readonly SeededBug[] = [
  ...scopeAndRequests,
  ...gate,
  ...failures,
  ...coolDown,
  ...identity,
  ...store,
  ...proofs,
];
