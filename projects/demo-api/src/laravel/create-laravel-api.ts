import Fastify, { type FastifyInstance } from 'fastify';
import type { DemoApi } from '../create-demo-api.ts';
import { allowOrigins } from '../cross-origin.ts';
import { openJwtAuthApp, type JwtAuthOptions } from './jwt-auth/jwt-auth-app.ts';
import { serveJwtAuth } from './jwt-auth/serve-jwt-auth.ts';
import type { LaravelAppOptions, LaravelPaths } from './laravel-app.ts';
import { serveLevers } from './levers.ts';
import { openSanctumApp } from './sanctum/sanctum-app.ts';
import { serveSanctum } from './sanctum/serve-sanctum.ts';

/** Pages of this origin may call. */
interface Origin {
  readonly allowedOrigin: string;
}

/** As `routes/api.php` has them. */
const PATHS: LaravelPaths = { auth: '/api/auth', me: '/api/me' };

/** A server of its own that answers as a Laravel application with jwt-auth, with test levers beside. */
export function createJwtAuthApi(options: JwtAuthOptions & Origin): DemoApi {
  return createApi(options, (api) => {
    const app = openJwtAuthApp(options);
    serveJwtAuth(api, app, PATHS);
    serveLevers(api, {
      throttle: () => app.throttle.exhaust(),
      'delete-user': (name) => {
        app.users.delete(name);
        app.save();
      },
    });
  });
}

/** A server of its own that answers as a Laravel application with Sanctum, with test levers beside. */
export function createSanctumApi(options: LaravelAppOptions & Origin): DemoApi {
  return createApi(options, (api) => {
    const app = openSanctumApp(options);
    serveSanctum(api, app, PATHS);
    serveLevers(api, {
      throttle: () => app.throttle.exhaust(),
      revoke: (name) => {
        app.revokeRefreshTokens(name);
        app.save();
      },
      'delete-user': (name) => {
        app.users.delete(name);
        app.save();
      },
    });
  });
}

function createApi({ allowedOrigin }: Origin, serve: (api: FastifyInstance) => void): DemoApi {
  const api = Fastify({ forceCloseConnections: true });
  allowOrigins(api, [allowedOrigin]);
  serve(api);
  return {
    listen: (port = 0) => api.listen({ port, host: '127.0.0.1' }),
    close: () => api.close(),
  };
}
