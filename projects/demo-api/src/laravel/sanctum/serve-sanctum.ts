import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LaravelPaths } from '../laravel-app.ts';
import { answerAsLaravel, AuthenticationException, HttpException, sendJson } from '../laravel-answers.ts';
import type { LaravelUser } from '../users.ts';
import type { PersonalAccessToken } from './personal-access-tokens.ts';
import type { Ability, SanctumApp } from './sanctum-app.ts';

interface Authenticated {
  readonly user: LaravelUser;
  readonly token: PersonalAccessToken;
}

/** The routes of docs/laravel.md, with a sign-in as Sanctum's documentation prints it ("Issuing API Tokens"). */
export function serveSanctum(api: FastifyInstance, app: SanctumApp, { auth, me }: LaravelPaths): void {
  void api.register((scope, _options, done) => {
    answerAsLaravel(scope);

    scope.post(`${auth}/login`, (request, reply) => {
      const { email, password } = (request.body ?? {}) as { email?: unknown; password?: unknown };
      const user = app.users.findByPassword(email, password);
      if (user === undefined) {
        return sendJson(reply.code(422), invalid('email', 'The provided credentials are incorrect.'));
      }
      const pair = app.issueTokens(user);
      app.save();
      return sendJson(reply, pair);
    });

    scope.post(`${auth}/refresh`, { config: { traffic: 'refresh' } }, (request, reply) => {
      app.throttle.assertAllowed();
      const { user, token } = authenticate(app, request, 'refresh');
      app.tokens.delete(token);
      const pair = app.issueTokens(user);
      app.save();
      return sendJson(reply, pair);
    });

    scope.get(me, { config: { traffic: 'resource' } }, (request, reply) =>
      sendJson(reply, authenticate(app, request, 'access').user),
    );
    done();
  });
}

/** The middleware `auth:sanctum` and `abilities` (Guard.php, Http/Middleware/CheckAbilities.php). */
function authenticate(app: SanctumApp, request: FastifyRequest, ability: Ability): Authenticated {
  const bearer = bearerToken(request);
  const token = bearer === null ? undefined : app.tokens.find(bearer);
  const user = token && app.users.find(token.userId);
  if (token === undefined || user === undefined) {
    throw new AuthenticationException();
  }
  if (!token.abilities.includes(ability)) {
    throw new HttpException(403, 'Invalid ability provided.');
  }
  return { user, token };
}

// `Request::bearerToken()` (Illuminate/Http/Concerns/InteractsWithInput.php).
function bearerToken({ headers }: FastifyRequest): string | null {
  const header = headers.authorization ?? '';
  const position = header.toLowerCase().lastIndexOf('bearer ');
  const [token = ''] = position === -1 ? [] : header.slice(position + 'bearer '.length).split(',');
  return token === '' ? null : token;
}

// `ValidationException::withMessages()`: one message is also the summary.
function invalid(field: string, message: string) {
  return { message, errors: { [field]: [message] } };
}
