import type { FastifyInstance, FastifyReply } from 'fastify';
import { leaving, pause } from '../answers/waiting.ts';
import type { Depot } from '../depot.ts';
import type { TokenVerdict } from '../tokens/token-verdict.ts';
import { readCallId, type LogEntry } from './traffic-log.ts';

/** What a route counts as. Control routes leave no trace; routes without a kind are logged only. */
export type TrafficKind = 'resource' | 'refresh' | 'control';

/** One call on its way through the server. */
export interface Visit {
  readonly entry: LogEntry;
  readonly kind: TrafficKind | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    traffic?: TrafficKind;
  }
  interface FastifyRequest {
    visit: Visit | null;
  }
}

const REFUSAL_STATUSES: readonly number[] = [400, 401, 403];

/** Logs, counts and delays the traffic. What is late is the answer, decided at arrival: as on a slow network. */
export function watchTraffic(api: FastifyInstance, depot: Depot): void {
  api.decorateRequest('visit', null);

  api.addHook('onRequest', (request, reply, done) => {
    const kind = request.routeOptions.config.traffic;
    if (request.method !== 'OPTIONS' && kind !== 'control') {
      const entry = depot.log.open(Date.now(), request.method, request.url);
      noteCallId(entry, request.query);
      request.visit = { entry, kind };
      reply.raw.once('close', () => (entry.status ??= 499));
      countArrival(kind, depot);
    }
    done();
  });

  api.addHook('preHandler', (request, _reply, done) => {
    if (request.visit !== null) {
      noteCallId(request.visit.entry, request.body);
    }
    done();
  });

  api.addHook('onSend', async ({ visit }, reply) => {
    if (visit !== null) {
      await pause(delayFor(visit.kind, depot), leaving(reply));
      countAnswer(visit, reply, depot);
    }
  });
}

/** Writes into the log whose token it was, and which. */
export function noteVerdict(visit: Visit | null, verdict: TokenVerdict): void {
  if (visit !== null && verdict.outcome !== 'unknown') {
    visit.entry.subject = verdict.family.account.subject;
    visit.entry.version = verdict.version;
  }
}

function noteCallId(entry: LogEntry, source: unknown): void {
  const callId = readCallId(source);
  if (callId !== undefined) {
    entry.callId = callId;
  }
}

function delayFor(kind: TrafficKind | undefined, depot: Depot): number {
  const { latencyMs, refreshLatencyMs } = depot.settings.current;
  return { resource: latencyMs, refresh: refreshLatencyMs, control: 0, none: 0 }[kind ?? 'none'];
}

function countArrival(kind: TrafficKind | undefined, depot: Depot): void {
  if (kind === 'resource') {
    depot.counters.add('requests');
  } else if (kind === 'refresh') {
    depot.counters.add('refreshes');
  }
}

// Before the answer leaves, so that who has received it finds it counted.
function countAnswer(visit: Visit, reply: FastifyReply, depot: Depot): void {
  if (reply.raw.destroyed) {
    return;
  }
  visit.entry.status = reply.statusCode;
  if (visit.kind === 'resource' && reply.statusCode === 401) {
    depot.counters.add('rejections');
  } else if (visit.kind === 'refresh' && REFUSAL_STATUSES.includes(reply.statusCode)) {
    depot.counters.add('refreshesRefused');
  }
}
