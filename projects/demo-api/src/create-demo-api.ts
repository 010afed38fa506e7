import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import { serveRouteIndex } from './answers/route-index.ts';
import { writeProblems, type UnexpectedListener } from './answers/write-problem.ts';
import { serveControl } from './control/control-routes.ts';
import type { Settings } from './control/settings-board.ts';
import { watchTraffic } from './control/traffic.ts';
import { allowOrigins } from './cross-origin.ts';
import { openDepot, type Depot } from './depot.ts';
import { serveLaravel } from './laravel/serve-laravel.ts';
import { serveExchange } from './protocols/exchange.ts';
import { serveLogin } from './protocols/login.ts';
import { serveLogout } from './protocols/logout.ts';
import { serveRefreshCookie } from './protocols/refresh-cookie.ts';
import { serveRefreshTokenGrant } from './protocols/refresh-token-grant.ts';
import { serveResources } from './resources/resource-routes.ts';

export interface DemoApiOptions {
  /** Pages that may call. @default the demo's, on port 4200 of 127.0.0.1 and localhost */
  readonly allowedOrigins?: readonly string[];
  /** Where the settings start, and what a reset returns to. */
  readonly settings?: Partial<Settings>;
  /** The clock that tokens live by, in epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** Told of every answer 500. @default writes to stderr */
  readonly onUnexpected?: UnexpectedListener;
}

/** A server that is not listening yet. */
export interface DemoApi {
  /** Listens on 127.0.0.1 and resolves with its address; port 0 takes any free one. */
  listen(port?: number): Promise<string>;
  /** Ends every connection, also streams and calls that hang. */
  close(): Promise<void>;
}

const DEMO_ORIGINS = ['http://127.0.0.1:4200', 'http://localhost:4200'];
const LARGEST_JSON_BYTES = 100 * 1024;

/** Builds a parcel depot with sessions, settings and counters of its own. */
export function createDemoApi(options: DemoApiOptions = {}): DemoApi {
  const depot = openDepot(options.settings ?? {}, options.now ?? Date.now);
  const api = Fastify({ bodyLimit: LARGEST_JSON_BYTES, forceCloseConnections: true });
  serveRouteIndex(api);
  writeProblems(api, options.onUnexpected ?? reportUnexpected);
  allowOrigins(api, options.allowedOrigins ?? DEMO_ORIGINS);
  void api.register(cookie);
  api.addHook('onRequest', (_request, reply, done) => {
    // Some answers carry tokens, and the rest changes from call to call.
    reply.headers({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    done();
  });
  watchTraffic(api, depot);
  serveRooms(api, depot);
  return {
    listen: (port = 0) => api.listen({ port, host: '127.0.0.1' }),
    close: () => api.close(),
  };
}

function serveRooms(api: FastifyInstance, depot: Depot): void {
  api.get('/public/status', () => ({ status: 'open', at: new Date(depot.now()).toISOString() }));
  serveLogin(api, depot);
  serveExchange(api, depot);
  serveRefreshTokenGrant(api, depot);
  serveRefreshCookie(api, depot);
  serveLogout(api, depot);
  serveLaravel(api, depot);
  serveResources(api, depot);
  serveControl(api, depot);
}

function reportUnexpected(error: unknown, where: string): void {
  console.error(`unexpected at ${where}:`, error);
}
