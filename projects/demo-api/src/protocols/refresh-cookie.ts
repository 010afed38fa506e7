import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpProblem } from '../answers/http-problem.ts';
import type { Depot } from '../depot.ts';
import { requestUrl } from '../laravel/request-url.ts';
import { issueTokens } from '../tokens/issue-tokens.ts';
import { REFUSALS } from '../tokens/token-verdict.ts';
import { noteRefresh, refreshAnswer } from './refresh-answer.ts';
import { clearSessionCookies, REFRESH_COOKIE, setRefreshCookie, XSRF_COOKIE } from './session-cookies.ts';

const XSRF_HEADER = 'X-XSRF-TOKEN';

/** `POST /cookie/refresh`: the refresh token comes and goes in a cookie that no script can read. */
export function serveRefreshCookie(api: FastifyInstance, depot: Depot): void {
  const route = {
    config: { traffic: 'refresh' },
    preHandler: refreshAnswer(depot, () => new HttpProblem(401, 'The token desk refuses every token.')),
  } as const;

  api.post('/cookie/refresh', route, async (request, reply) => {
    const verdict = depot.refreshTokens.spend(readRefreshCookie(request), 'cookie');
    noteRefresh(request, depot, verdict);
    if (verdict.outcome !== 'good') {
      clearSessionCookies(reply);
      throw new HttpProblem(401, `${REFUSALS[verdict.outcome]}. Sign in again.`);
    }
    const { answer, refreshToken } = await issueTokens(depot, verdict.family, requestUrl(request));
    if (refreshToken !== null) {
      setRefreshCookie(reply, refreshToken);
    }
    return answer;
  });
}

// The browser adds the cookie to a forged call too; only a page of ours can read the second one and repeat it.
function readRefreshCookie(request: FastifyRequest): string {
  const refreshToken = request.cookies[REFRESH_COOKIE];
  if (refreshToken === undefined) {
    throw new HttpProblem(401, 'There is no refresh cookie. Sign in with {"protocol":"cookie"}.');
  }
  const expected = request.cookies[XSRF_COOKIE];
  const sent = request.headers[XSRF_HEADER.toLowerCase()];
  if (expected === undefined || typeof sent !== 'string' || !isSameText(sent, expected)) {
    throw new HttpProblem(403, `Repeat the cookie ${XSRF_COOKIE} in the header ${XSRF_HEADER}.`);
  }
  return refreshToken;
}

function isSameText(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
