import type { FastifyInstance } from 'fastify';
import { ACCOUNTS } from '../accounts.ts';
import type { Depot } from '../depot.ts';
import { openJwtAuthApp } from './jwt-auth/jwt-auth-app.ts';
import { serveJwtAuth } from './jwt-auth/serve-jwt-auth.ts';
import { openSanctumApp } from './sanctum/sanctum-app.ts';
import { serveSanctum } from './sanctum/serve-sanctum.ts';

/** Two Laravel applications beside the depot, with the depot's clock, token life and grace period. */
export function serveLaravel(api: FastifyInstance, { now, settings }: Depot): void {
  const options = {
    userNames: ACCOUNTS.map(({ username }) => username),
    now,
    accessSeconds: () => settings.current.accessTokenLifeSeconds,
    graceSeconds: () => settings.current.graceSeconds,
  };
  serveJwtAuth(api, openJwtAuthApp(options), pathsUnder('/laravel/jwt-auth'));
  serveSanctum(api, openSanctumApp(options), pathsUnder('/laravel/sanctum'));
}

function pathsUnder(prefix: string) {
  return { auth: prefix, me: `${prefix}/me` };
}
