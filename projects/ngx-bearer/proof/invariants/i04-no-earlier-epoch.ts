import type { Invariant } from './judge.ts';

export const noEarlierEpoch: Invariant = {
  id: 'I4',
  says: 'after a sign-out or sign-in no token of an earlier epoch leaves',
  at: {
    sending: ({ token, identity }) => {
      if (!token) return undefined;
      return token.family === identity.family ? null : `${token.text} leaves after its session`;
    },
    refresh: ({ presented, identity, page }, { setting }) => {
      if (!presented || setting.strategy === 'cookie') return undefined;
      if (page.isStale) return undefined;
      return presented.family === identity.family ? null : `${presented.text} is presented after its session`;
    },
    asked: ({ token, for: what }, { office, identity, setting, leftIn, turn }) => {
      if (what !== 'token' || token === null) return undefined;
      // A promise tells a little later: who signs out between is not the library's doing.
      if (setting.turns === 'when told' || leftIn === turn) return undefined;
      return office.find(token)?.family === identity.family ? null : `accessToken() gives ${token}`;
    },
  },
};
