import type { FastifyInstance, FastifyReply } from 'fastify';
import { randomBytes } from 'node:crypto';
import { findAccount } from '../accounts.ts';
import { bodyFields, requiredText, type BodyFields } from '../answers/body-fields.ts';
import { HttpProblem } from '../answers/http-problem.ts';
import type { Depot } from '../depot.ts';
import { requestUrl } from '../laravel/request-url.ts';
import { issueTokens, type IssuedTokens } from '../tokens/issue-tokens.ts';
import { PROTOCOLS, type Protocol } from '../tokens/token-family.ts';
import { setRefreshCookie, setXsrfCookie } from './session-cookies.ts';

const EXAMPLE = '{"username":"clerk","password":"clerk-pass"}';

/** `POST /login`: a password buys the first tokens of a session. */
export function serveLogin(api: FastifyInstance, depot: Depot): void {
  api.post('/login', async (request, reply) => {
    const fields = bodyFields(request.body, EXAMPLE);
    const protocol = readProtocol(fields);
    const account = findAccount(
      requiredText(fields, 'username', EXAMPLE),
      requiredText(fields, 'password', EXAMPLE),
    );
    if (account === undefined) {
      throw new HttpProblem(401, 'Username or password is wrong. Try clerk with clerk-pass.');
    }
    depot.counters.add('logins');
    if (request.visit !== null) {
      request.visit.entry.subject = account.subject;
    }
    const issued = await issueTokens(depot, depot.families.begin(account, protocol), requestUrl(request));
    return hand(issued, protocol, reply);
  });
}

function readProtocol(fields: BodyFields): Protocol {
  const wanted = fields['protocol'] ?? 'exchange';
  const protocol = PROTOCOLS.find((known) => known === wanted);
  if (protocol === undefined) {
    const allowed = PROTOCOLS.join(', ');
    throw new HttpProblem(400, `"protocol" is ${JSON.stringify(wanted)}. Allowed: ${allowed}.`);
  }
  return protocol;
}

function hand({ answer, refreshToken }: IssuedTokens, protocol: Protocol, reply: FastifyReply) {
  if (refreshToken === null) {
    return answer;
  }
  if (protocol === 'oauth') {
    return { ...answer, refresh_token: refreshToken };
  }
  setRefreshCookie(reply, refreshToken);
  setXsrfCookie(reply, randomBytes(16).toString('base64url'));
  return answer;
}
