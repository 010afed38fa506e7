import type { FastifyInstance } from 'fastify';
import { bodyFields, requiredText, wholeNumber } from '../answers/body-fields.ts';
import { HttpProblem } from '../answers/http-problem.ts';
import { readCallId } from '../control/traffic-log.ts';
import type { Depot } from '../depot.ts';

const EXAMPLE = '{"product":"p-01","quantity":3}';
const QUANTITIES = { from: 1, to: 1000 };

/** Orders: read them all, read one, place one. */
export function serveOrders(scope: FastifyInstance, { orders, counters, now }: Depot): void {
  scope.get('/orders', () => orders.list());

  scope.get<{ Params: { id: string } }>('/orders/:id', (request) => {
    const order = orders.find(request.params.id);
    if (order === undefined) {
      throw new HttpProblem(404, 'There is no order of this number. GET /orders lists them.');
    }
    return order;
  });

  scope.post('/orders', (request, reply) => {
    const fields = bodyFields(request.body, EXAMPLE);
    const order = orders.place({
      product: requiredText(fields, 'product', EXAMPLE),
      quantity: wholeNumber(fields['quantity'], 'quantity', QUANTITIES),
      placedAt: new Date(now()).toISOString(),
    });
    counters.add('applications');
    const callId = readCallId(fields);
    return reply.code(201).send(callId === undefined ? order : { ...order, callId });
  });
}
