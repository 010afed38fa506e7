import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { CANARY } from '../world/tokens.ts';
import type { Finding, Invariant } from './judge.ts';

export const noLeak: Invariant = {
  id: 'I24',
  says: 'no token shows in an error, an event, a log or a URL',
  at: {
    settled: ({ failure, sendings }) => {
      // What the server itself said to the caller is none of the library's words.
      const isOwn = failure === null || failure === sendings.at(-1)?.answer;
      return isOwn ? undefined : look('a failure', failure);
    },
    asked: ({ failure }) => (failure === null ? undefined : look('a rejected promise', failure)),
    told: ({ event }) => look('an event', event),
    printed: (text) => look('the console', text),
    sending: ({ request }) => look('a URL', request.urlWithParams),
  },
};

function look(where: string, value: unknown): Finding {
  return holdsToken(value, new Set()) ? `a token shows in ${where}` : null;
}

/** Looks at all text, however deep, also where errors keep it from enumeration. */
function holdsToken(value: unknown, seen: Set<unknown>): boolean {
  if (typeof value === 'string') return value.includes(CANARY);
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  const hidden = value instanceof Error ? [value.message, value.stack, value.cause] : [];
  const message = value instanceof HttpErrorResponse ? [value.message] : [];
  const headers = value instanceof HttpHeaders ? value.keys().map((name) => value.get(name)) : [];
  return [...hidden, ...message, ...headers, ...(Object.values(value) as unknown[])].some((part) =>
    holdsToken(part, seen),
  );
}
