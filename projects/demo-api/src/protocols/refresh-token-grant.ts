import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem } from '../answers/http-problem.ts';
import { asProblem } from '../answers/write-problem.ts';
import type { Depot } from '../depot.ts';
import { requestUrl } from '../laravel/request-url.ts';
import { issueTokens } from '../tokens/issue-tokens.ts';
import { REFUSALS } from '../tokens/token-verdict.ts';
import { noteRefresh, refreshAnswer } from './refresh-answer.ts';

const CLIENT_ID = 'demo';
const FORM = 'application/x-www-form-urlencoded';

type GrantErrorCode = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

/** An error answer of the token endpoint (RFC 6749 §5.2). */
class GrantProblem extends HttpProblem {
  readonly code: GrantErrorCode;

  constructor(code: GrantErrorCode, description: string) {
    super(code === 'invalid_client' ? 401 : 400, description);
    this.code = code;
  }
}

/** `POST /oauth/token`: the refresh token grant of RFC 6749 §6 for a public client, with rotation. */
export function serveRefreshTokenGrant(api: FastifyInstance, depot: Depot): void {
  void api.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, text, parsed) => {
      parsed(null, new URLSearchParams(String(text)));
    });
    scope.setErrorHandler(writeGrantProblem);
    scope.post('/oauth/token', grantRoute(depot), async (request) => {
      const verdict = depot.refreshTokens.spend(readRefreshToken(request.body), 'oauth');
      noteRefresh(request, depot, verdict);
      if (verdict.outcome !== 'good') {
        throw new GrantProblem('invalid_grant', REFUSALS[verdict.outcome]);
      }
      const { answer, refreshToken } = await issueTokens(depot, verdict.family, requestUrl(request));
      return { ...answer, refresh_token: refreshToken };
    });
    done();
  });
}

function grantRoute(depot: Depot) {
  const refusal = () => new GrantProblem('invalid_grant', 'The token desk refuses every token');
  return { config: { traffic: 'refresh' }, preHandler: refreshAnswer(depot, refusal) } as const;
}

function writeGrantProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof GrantProblem) {
    return reply.code(error.statusCode).send({ error: error.code, error_description: error.message });
  }
  if (error instanceof HttpProblem || asProblem(error, request) === undefined) {
    throw error;
  }
  return reply.code(400).send({ error: 'invalid_request', error_description: `Send one form, ${FORM}` });
}

function readRefreshToken(body: unknown): string {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams();
  const grantType = parameter(form, 'grant_type');
  if (grantType !== 'refresh_token') {
    throw new GrantProblem('unsupported_grant_type', 'The only grant type here is refresh_token');
  }
  if (parameter(form, 'client_id') !== CLIENT_ID) {
    throw new GrantProblem('invalid_client', `The only client here is ${CLIENT_ID}`);
  }
  return parameter(form, 'refresh_token');
}

function parameter(form: URLSearchParams, name: string): string {
  const [value, ...more] = form.getAll(name);
  if (value === undefined || value === '' || more.length > 0) {
    throw new GrantProblem('invalid_request', `Send the parameter ${name} exactly once`);
  }
  return value;
}
