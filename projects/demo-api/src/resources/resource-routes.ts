import type { FastifyInstance } from 'fastify';
import type { Depot } from '../depot.ts';
import { serveActivityStream } from './activity-stream.ts';
import { callerOf, guardWithBearer } from './bearer-guard.ts';
import { CUSTOMERS, INVOICES, NOTIFICATIONS, PRODUCTS, SHIPMENTS, STOCK } from './depot-data.ts';
import { serveDocuments } from './documents.ts';
import { serveOrders } from './orders.ts';
import { serveReports } from './reports.ts';

/** Everything that asks for a bearer token. */
export function serveResources(api: FastifyInstance, depot: Depot): void {
  void api.register((scope, _options, done) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, traffic: 'resource' };
    });
    guardWithBearer(scope, depot);
    scope.get('/me', (request) => callerOf(request));
    scope.get('/customers', () => CUSTOMERS);
    scope.get('/products', () => PRODUCTS);
    scope.get('/shipments', () => SHIPMENTS);
    scope.get('/invoices', () => INVOICES);
    scope.get('/stock', () => STOCK);
    scope.get('/notifications', () => NOTIFICATIONS);
    serveOrders(scope, depot);
    serveReports(scope, depot);
    serveDocuments(scope, depot);
    serveActivityStream(scope);
    done();
  });
}
