import type { FastifyInstance } from 'fastify';
import { bodyFields } from '../answers/body-fields.ts';
import { sendEvents } from '../answers/event-stream.ts';
import { HttpProblem } from '../answers/http-problem.ts';
import { leaving, pause } from '../answers/waiting.ts';
import type { Depot } from '../depot.ts';
import type { Counters, Counts } from './counters.ts';

const CONTROL = { config: { traffic: 'control' } } as const;
const SHORTEST_GAP_MS = 50;

/** The demo's remote control. It asks for no token: a server that is not a demo has nothing like it. */
export function serveControl(api: FastifyInstance, depot: Depot): void {
  api.post('/control/expire', CONTROL, (_request, reply) => {
    depot.families.expireAccessTokens(depot.now());
    return reply.code(204).send();
  });
  api.post('/control/revoke', CONTROL, (_request, reply) => {
    depot.families.endAll();
    return reply.code(204).send();
  });
  api.post('/control/reset', CONTROL, (request, reply) => {
    reset(depot, readSessionsFlag(request.body));
    return reply.code(204).send();
  });
  api.get('/control/settings', CONTROL, () => depot.settings.current);
  api.patch('/control/settings', CONTROL, (request) => {
    depot.settings.change(request.body);
    return depot.settings.current;
  });
  api.get('/control/counters', CONTROL, () => depot.counters.counts);
  api.get('/control/log', CONTROL, () => depot.log.answered());
  api.get('/control/stream', CONTROL, (_request, reply) =>
    sendEvents(reply, watchCounters(depot.counters, leaving(reply))),
  );
}

function reset(depot: Depot, sessionsToo: boolean): void {
  depot.settings.reset();
  depot.counters.reset();
  depot.log.clear();
  depot.orders.reset();
  if (sessionsToo) {
    depot.families.forgetAll();
  }
}

function readSessionsFlag(body: unknown): boolean {
  if (body === undefined || body === null) {
    return false;
  }
  const { sessions = false } = bodyFields(body, '{"sessions":true}');
  if (typeof sessions !== 'boolean') {
    throw new HttpProblem(400, `"sessions" is ${JSON.stringify(sessions)}. Allowed: true or false.`);
  }
  return sessions;
}

async function* watchCounters(counters: Counters, left: AbortSignal): AsyncGenerator<Counts> {
  while (!left.aborted) {
    const { revision } = counters;
    yield counters.counts;
    await pause(SHORTEST_GAP_MS, left);
    await counters.changeSince(revision, left);
  }
}
