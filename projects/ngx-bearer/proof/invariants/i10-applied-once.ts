import type { Invariant } from './judge.ts';

export const appliedOnce: Invariant = {
  id: 'I10',
  says: 'the server does what a request asks at most once',
  at: {
    settled: ({ applications, call }) =>
      applications > 1 ? `call ${call.serial} is applied ${applications} times` : null,
    quiet: (_, { attempts }) => {
      const twice = attempts.find(({ applications }) => applications > 1);
      return twice ? `call ${twice.call.serial} is applied ${twice.applications} times` : null;
    },
  },
};
