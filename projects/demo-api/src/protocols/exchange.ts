import type { FastifyInstance } from 'fastify';
import { bearerChallenge, readBearer } from '../answers/bearer-challenge.ts';
import { HttpProblem } from '../answers/http-problem.ts';
import type { Depot } from '../depot.ts';
import { requestUrl } from '../laravel/request-url.ts';
import { issueTokens } from '../tokens/issue-tokens.ts';
import { REFUSALS } from '../tokens/token-verdict.ts';
import { noteRefresh, refreshAnswer } from './refresh-answer.ts';

/** `POST /auth`: the old access token, also an expired one, buys a new one and is worth nothing from then on. */
export function serveExchange(api: FastifyInstance, depot: Depot): void {
  const route = {
    config: { traffic: 'refresh' },
    preHandler: refreshAnswer(depot, () => refusal('The token desk refuses every token')),
  } as const;

  api.post('/auth', route, async (request) => {
    const accessToken = readBearer(request.headers.authorization);
    if (accessToken === null) {
      throw new HttpProblem(401, 'Send the old access token as a bearer token.', bearerChallenge());
    }
    const verdict = await depot.accessTokens.spend(accessToken);
    noteRefresh(request, depot, verdict);
    if (verdict.outcome !== 'good') {
      throw refusal(REFUSALS[verdict.outcome]);
    }
    return (await issueTokens(depot, verdict.family, requestUrl(request))).answer;
  });
}

function refusal(description: string): HttpProblem {
  return new HttpProblem(
    401,
    `${description}. Sign in again.`,
    bearerChallenge({ error: 'invalid_token', error_description: description }),
  );
}
