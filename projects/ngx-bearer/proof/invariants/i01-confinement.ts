import type { HttpRequest } from '@angular/common/http';
import { PLACES } from '../program/places.ts';
import { CANARY } from '../world/tokens.ts';
import type { Invariant } from './judge.ts';

export const confinement: Invariant = {
  id: 'I1',
  says: 'a token leaves only to where it may go',
  at: {
    sending: ({ request, attempt }) => {
      if (PLACES[attempt.call.step.place].mayHaveToken) return null;
      return holdsToken(request) ? `a token leaves to ${request.urlWithParams}` : null;
    },
  },
};

function holdsToken({ headers, urlWithParams }: HttpRequest<unknown>): boolean {
  return [urlWithParams, ...headers.keys().map((name) => headers.get(name))].join().includes(CANARY);
}
