import type { AuthEvent } from 'ngx-bearer';

const unavailable = {
  network: 'the sign-in server does not answer',
  server: 'the sign-in server answered with an error',
  timeout: 'the sign-in server took too long',
  malformed: 'the sign-in server answered something unreadable',
  limit: 'too many refreshes in a short time',
} as const;

const signedOut = {
  user: 'You have signed out.',
  refused: 'The server refused to renew the session. Please sign in again.',
  'other-tab': 'The session ended in another tab.',
} as const;

export type SignOutReason = keyof typeof signedOut;

/** Why nobody is signed in any more. */
export function signOutInWords(reason: SignOutReason): string {
  return signedOut[reason];
}

/** When an event was told (epoch milliseconds), and who was signed in then, where the token says it. */
export interface Occasion {
  readonly now: number;
  readonly name: string | null;
}

/** One event of the session. */
export function eventInWords(event: AuthEvent, { now, name }: Occasion): string {
  switch (event.type) {
    case 'signed-in':
      return elsewhere(event, name === null ? 'Signed in.' : `Signed in as ${name}.`);
    case 'refreshed':
      return elsewhere(event, 'New tokens.');
    case 'refresh-unavailable': {
      const seconds = Math.max(0, Math.ceil((event.retryAt - now) / 1000));
      return `No new tokens: ${unavailable[event.reason]}. Next try in ${seconds} s.`;
    }
    case 'signed-out':
      return signOutInWords(event.reason);
    case 'step-up-required':
      return 'The server asks for a stronger sign-in.';
    case 'expiry-ignored':
      return 'The token looked expired on arrival, so its expiry is not watched.';
    case 'storage-failed':
      return 'The browser could not keep the session; it goes on in memory.';
  }
}

function elsewhere(event: AuthEvent, words: string): string {
  return event.origin === 'other-tab' ? `${words.slice(0, -1)}, in another tab.` : words;
}
