import type { RequestStep } from '../program/step.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './judge.ts';

export const twoSendings: Invariant = {
  id: 'I9',
  says: 'at most two sendings a subscription, the second only after a rejection, and where the app lets it',
  at: {
    sending: ({ attempt: { sendings, call } }, world) => {
      if (sendings.length === 1) return null;
      if (sendings.length > 2) return `${sendings.length} sendings of one request`;
      if (!sendings[0]?.isRejection) return 'a second sending without a rejection';
      return mayReplay(call.step, world) ? null : 'a second sending that the app does not want';
    },
  },
};

function mayReplay({ method }: RequestStep, { setting }: World): boolean {
  switch (setting.replay) {
    case 'all':
      return true;
    case 'idempotent':
      return method !== 'POST';
    case 'not PUT':
      return method !== 'PUT';
  }
}
