import type { FastifyInstance } from 'fastify';
import { bearerChallenge } from '../answers/bearer-challenge.ts';
import { HttpProblem } from '../answers/http-problem.ts';
import type { Depot } from '../depot.ts';
import { callerOf } from './bearer-guard.ts';
import { INVOICES, SHIPMENTS } from './depot-data.ts';

/** Three reports: one for everybody, one for the manager, one that asks for a stronger sign-in. */
export function serveReports(scope: FastifyInstance, depot: Depot): void {
  scope.get('/reports/summary', () => ({
    orders: depot.orders.list().length,
    shipmentsUnderWay: SHIPMENTS.filter((shipment) => shipment.status !== 'delivered').length,
    unpaidCents: INVOICES.filter((invoice) => !invoice.paid).reduce((sum, each) => sum + each.totalCents, 0),
  }));

  scope.get('/reports/audit', (request) => {
    if (!callerOf(request).mayAudit) {
      throw insufficientScope();
    }
    return { period: '2026-10', ordersChecked: depot.orders.list().length, differences: 0 };
  });

  scope.get('/reports/payroll', () => {
    throw insufficientAuthentication();
  });
}

function insufficientScope(): HttpProblem {
  const challenge = bearerChallenge({
    error: 'insufficient_scope',
    error_description: 'The audit is for managers',
    scope: 'audit',
  });
  return new HttpProblem(403, 'The audit is for managers. Sign in as manager.', challenge);
}

// RFC 9470 §3. The depot has no stronger sign-in, so that every caller sees this answer.
function insufficientAuthentication(): HttpProblem {
  const challenge = bearerChallenge({
    error: 'insufficient_user_authentication',
    error_description: 'A stronger authentication is required',
    acr_values: 'urn:depot:second-factor',
    max_age: '300',
  });
  return new HttpProblem(401, 'The payroll asks for a stronger, recent sign-in.', challenge);
}
