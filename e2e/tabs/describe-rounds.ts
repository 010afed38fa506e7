import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { playRounds } from './rounds.ts';
import { PROTOCOLS } from './servers/token-server.ts';
import type { Condition } from './tab-stage.ts';

/** Few, as they are part of every run: `npm run e2e:tabs` plays as many as you like. */
const ROUNDS = 20;

/** The specs of one condition. Each has a file of its own, so that two can run at once. */
export function describeRounds(condition: Condition): void {
  describe(`six tabs whose tokens run out together, ${condition},`, () => {
    for (const protocol of PROTOCOLS) {
      it(`refresh once, with ${protocol}`, async () => {
        const plan = { protocol, condition, strategy: 'ours', rounds: ROUNDS, tabs: 6 } as const;
        const { medianMs: _unjudged, ...result } = await playRounds(plan);
        assert.deepEqual(result, {
          rounds: ROUNDS,
          refreshes: ROUNDS,
          refused: 0,
          reuseDetections: 0,
          deadFamilies: 0,
          failedCalls: 0,
          scattered: 0,
          mostAtOnce: 1,
        });
      });
    }
  });
}
