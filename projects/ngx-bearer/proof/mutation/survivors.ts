import { refresh } from './survivors/refresh.ts';
import { request } from './survivors/request.ts';
import { session } from './survivors/session.ts';
import type { Survivor } from './survivors/survivor.ts';
import { wiring } from './survivors/wiring.ts';

/** Why each mutant that no spec kills may live. */
export const survivors: readonly Survivor[] = [...wiring, ...request, ...session, ...refresh];
