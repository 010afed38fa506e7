import type { Family } from '../../world/tokens.ts';
import type { TabsInvariant } from './invariant.ts';

export const identity: TabsInvariant = {
  id: 'I3',
  says: 'a request is only ever sent as who it was issued by',
  at: {
    sending: ({ call, token }, { setting }) => {
      const [first] = call.sendings;
      // The one exception: it waited for a restore by cookie, or its own rejection caused one.
      const isRestored =
        setting.storage === 'cookie' && !call.family && (call.mayWait || first?.token === null);
      const family = token?.family ?? null;
      // A cookie is the user's: which sign-in it comes from nobody can tell.
      const isSame =
        setting.storage === 'cookie' ? family?.user === call.family?.user : family === call.family;
      return isSame || isRestored
        ? null
        : `call ${call.serial} is issued by ${name(call.family)}, and sent as ${name(family)}`;
    },
  },
};

function name(family: Family | null): string {
  return family ? `${family.user}${family.serial}` : 'nobody';
}
