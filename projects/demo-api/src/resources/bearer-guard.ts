import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from '../accounts.ts';
import { bearerChallenge, readBearer } from '../answers/bearer-challenge.ts';
import { HttpProblem } from '../answers/http-problem.ts';
import { noteVerdict } from '../control/traffic.ts';
import type { Depot } from '../depot.ts';
import { REFUSALS } from '../tokens/token-verdict.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Account | null;
  }
}

/** Lets only good bearer tokens through to the routes of this scope; the others get RFC 6750 §3 challenges. */
export function guardWithBearer(scope: FastifyInstance, depot: Depot): void {
  scope.decorateRequest('caller', null);
  // After the body is parsed, for its `callId` belongs into the log also when the token is rejected.
  scope.addHook('preHandler', async (request) => {
    const accessToken = readBearer(request.headers.authorization);
    if (accessToken === null) {
      throw new HttpProblem(401, 'Send a bearer token. POST /login issues one.', bearerChallenge());
    }
    const verdict = await depot.accessTokens.judge(accessToken);
    noteVerdict(request.visit, verdict);
    if (verdict.outcome !== 'good') {
      throw rejection(REFUSALS[verdict.outcome]);
    }
    request.caller = verdict.family.account;
  });
}

/** Whose token the guard has let through. */
export function callerOf(request: FastifyRequest): Account {
  if (request.caller === null) {
    throw new Error('This route stands outside the bearer guard.');
  }
  return request.caller;
}

function rejection(description: string): HttpProblem {
  const challenge = bearerChallenge({ error: 'invalid_token', error_description: description });
  return new HttpProblem(401, `${description}.`, challenge);
}
