import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LaravelPaths } from '../laravel-app.ts';
import { answerAsLaravel, sendJson } from '../laravel-answers.ts';
import { requestUrl } from '../request-url.ts';
import { authenticate, authenticateOrChallenge, challenging, requireToken } from './guard.ts';
import type { JwtAuthApp } from './jwt-auth-app.ts';
import { JwtException } from './jwt-exceptions.ts';

const REFRESH = { config: { traffic: 'refresh' } } as const;
const RESOURCE = { config: { traffic: 'resource' } } as const;

/**
 * The routes of jwt-auth's docs/quick-start.md. `…/refresh` answers 401 by itself, as docs/laravel.md has it.
 * Beside them stand the ways in which other applications refuse: an exception that nobody catches
 * (`…/refresh-uncaught`), and the package's middleware `jwt.auth` (`…/jwt.auth`) and `jwt.refresh` (`…/jwt.refresh`).
 */
export function serveJwtAuth(api: FastifyInstance, app: JwtAuthApp, paths: LaravelPaths): void {
  void api.register((scope, _options, done) => {
    answerAsLaravel(scope);
    serveQuickStart(scope, app, paths);
    serveRefusals(scope, app, paths);
    done();
  });
}

function serveQuickStart(scope: FastifyInstance, app: JwtAuthApp, { auth, me }: LaravelPaths): void {
  scope.post(`${auth}/login`, (request, reply) => {
    const { email, password } = (request.body ?? {}) as { email?: unknown; password?: unknown };
    const user = app.users.findByPassword(email, password);
    return user
      ? respondWithToken(app, reply, app.tokens.issue(String(user.id), requestUrl(request)))
      : sendJson(reply.code(401), { error: 'Unauthorized' });
  });

  scope.post(`${auth}/refresh`, REFRESH, (request, reply) => {
    app.throttle.assertAllowed();
    try {
      return respondWithToken(app, reply.header('Cache-Control', 'no-store, private'), refresh(app, request));
    } catch (error) {
      if (error instanceof JwtException) {
        return sendJson(reply.header('Cache-Control', 'no-cache, private').code(401), {
          message: 'Sign in again.',
        });
      }
      throw error;
    }
  });

  scope.get(me, RESOURCE, (request, reply) => sendJson(reply, authenticate(app, request)));
}

function serveRefusals(scope: FastifyInstance, app: JwtAuthApp, { auth }: LaravelPaths): void {
  scope.post(`${auth}/refresh-uncaught`, REFRESH, (request, reply) =>
    respondWithToken(app, reply, refresh(app, request)),
  );

  scope.get(`${auth}/jwt.auth`, RESOURCE, (request, reply) =>
    sendJson(reply, authenticateOrChallenge(app, request)),
  );

  scope.get(`${auth}/jwt.refresh`, REFRESH, (request, reply) => {
    const token = challenging(request, () => refresh(app, request));
    return sendJson(reply.header('Authorization', `Bearer ${token}`), []);
  });
}

function refresh(app: JwtAuthApp, request: FastifyRequest): string {
  const token = app.tokens.refresh(requireToken(request), requestUrl(request));
  app.save();
  return token;
}

function respondWithToken(app: JwtAuthApp, reply: FastifyReply, token: string): FastifyReply {
  return sendJson(reply, { access_token: token, token_type: 'bearer', expires_in: app.tokens.lifeSeconds });
}
