import type { FastifyInstance } from 'fastify';
import { readBearer } from '../answers/bearer-challenge.ts';
import type { Depot } from '../depot.ts';
import { clearSessionCookies } from './session-cookies.ts';

/** `POST /logout`: ends the session of the bearer token, also of an expired one. It never fails. */
export function serveLogout(api: FastifyInstance, depot: Depot): void {
  api.post('/logout', async (request, reply) => {
    const accessToken = readBearer(request.headers.authorization);
    const family = accessToken === null ? undefined : await depot.accessTokens.findFamily(accessToken);
    family?.end();
    if (family !== undefined && request.visit !== null) {
      request.visit.entry.subject = family.account.subject;
    }
    clearSessionCookies(reply);
    return reply.code(204).send();
  });
}
