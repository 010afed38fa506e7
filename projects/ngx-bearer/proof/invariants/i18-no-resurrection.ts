import type { Invariant } from './judge.ts';

export const noResurrection: Invariant = {
  id: 'I18',
  says: 'an ended session comes back only by sign-in',
  at: {
    step: (_, { page, identity }) => {
      if (page.isDestroyed || page.isStale) return undefined;
      return page.session.signedIn() && !identity.family
        ? 'somebody is signed in, although nobody has signed in'
        : null;
    },
    told: ({ event }, { identity, leftIn, turn }) => {
      if (event.type !== 'refreshed' && event.type !== 'signed-in') return undefined;
      // What a listener does within an event is told after it, and may be over by then.
      return identity.family || leftIn === turn ? null : `'${event.type}' is told of an ended session`;
    },
  },
};
