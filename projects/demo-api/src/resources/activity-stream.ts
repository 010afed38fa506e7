import type { FastifyInstance } from 'fastify';
import { wholeNumber } from '../answers/body-fields.ts';
import { sendEvents } from '../answers/event-stream.ts';
import { leaving, pause } from '../answers/waiting.ts';
import { SHIPMENTS } from './depot-data.ts';

const GAP_MS = 250;
const DEFAULT_EVENTS = 5;

/** `GET /activity/stream`: so many events, four a second. The bearer token is checked once, at the start. */
export function serveActivityStream(scope: FastifyInstance): void {
  scope.get<{ Querystring: { events?: string } }>('/activity/stream', (request, reply) => {
    const { events = DEFAULT_EVENTS } = request.query;
    const number = Number(events);
    const count = wholeNumber(Number.isNaN(number) ? events : number, 'events', { from: 1, to: 1000 });
    return sendEvents(reply, activity(count, leaving(reply)));
  });
}

async function* activity(count: number, left: AbortSignal): AsyncGenerator {
  for (let number = 1; number <= count && !left.aborted; number += 1) {
    const shipment = SHIPMENTS[number % SHIPMENTS.length];
    yield { number, shipment: shipment?.id, text: `Parcel of ${shipment?.customer ?? 'nobody'} scanned` };
    await pause(number < count ? GAP_MS : 0, left);
  }
}
