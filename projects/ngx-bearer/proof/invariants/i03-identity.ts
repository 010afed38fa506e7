import type { Sending } from '../world/facts.ts';
import type { Family } from '../world/tokens.ts';
import type { Invariant } from './judge.ts';

/** How long a store has to say whose session it holds. */
const STORE_TIMEOUT_MS = 2000;

export const identity: Invariant = {
  id: 'I3',
  says: 'a request is only ever sent as who it was issued by',
  at: {
    sending: (sending, { clock }) => {
      const { attempt, token, page, identity } = sending;
      if (!attempt.isOurs) return undefined;
      const isReading =
        identity.isUnread && identity.family && clock.elapsedMs - page.openedMs < STORE_TIMEOUT_MS;
      if (isReading && !token) return 'sent as nobody while the store is still read';
      const family = token?.family ?? null;
      return mayBe(sending).includes(family)
        ? null
        : `issued by ${name(attempt.identity.family)}, sent as ${name(family)}`;
    },
  },
};

/** As whom a request may be sent. */
function mayBe({ attempt }: Sending): (Family | null)[] {
  const { family, isUnread, becomes, isFirst } = attempt.identity;
  const asIssued = isUnread ? null : family;
  const [first] = attempt.sendings;
  const isReplay = attempt.sendings.length > 1;
  // The one exception: it waited for a restore by cookie, or caused one: by its own rejection, or as a required one.
  const isCause = attempt.mayWait || attempt.mayRestore || (isReplay && first?.token === null);
  const isRestored = isFirst && asIssued === null && isCause;
  return [asIssued, ...(isRestored && becomes ? [becomes.family] : [])];
}

function name(family: Family | null): string {
  return family ? `${family.user}${family.serial}` : 'nobody';
}
