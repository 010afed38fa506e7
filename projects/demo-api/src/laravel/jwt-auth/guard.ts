import type { FastifyRequest } from 'fastify';
import { AuthenticationException, HttpException } from '../laravel-answers.ts';
import type { LaravelUser } from '../users.ts';
import type { JwtAuthApp } from './jwt-auth-app.ts';
import { JwtException } from './jwt-exceptions.ts';

/** The middleware `auth:api` with jwt-auth's guard (JWTGuard.php): whatever is wrong, Laravel answers the same. */
export function authenticate(app: JwtAuthApp, request: FastifyRequest): LaravelUser {
  const token = parseToken(request);
  const user = token === null ? undefined : silently(() => findUser(app, token));
  if (user === undefined) {
    throw new AuthenticationException();
  }
  return user;
}

/** jwt-auth's own middleware `jwt.auth` (Http/Middleware/Authenticate.php), which names the reason. */
export function authenticateOrChallenge(app: JwtAuthApp, request: FastifyRequest): LaravelUser {
  return challenging(request, () => {
    const user = findUser(app, requireToken(request));
    if (user === undefined) {
      throw new JwtException('User not found');
    }
    return user;
  });
}

/** Turns jwt-auth's exceptions into 401 with a challenge (Http/Middleware/BaseMiddleware.php). */
export function challenging<Result>(request: FastifyRequest, run: () => Result): Result {
  try {
    if (parseToken(request) === null) {
      throw new JwtException('Token not provided');
    }
    return run();
  } catch (error) {
    if (error instanceof JwtException) {
      throw new HttpException(401, error.message, { 'WWW-Authenticate': 'jwt-auth' });
    }
    throw error;
  }
}

export function requireToken(request: FastifyRequest): string {
  const token = parseToken(request);
  if (token === null) {
    throw new JwtException('Token could not be parsed from the request.');
  }
  return token;
}

function findUser(app: JwtAuthApp, token: string): LaravelUser | undefined {
  return app.users.find(Number(app.tokens.read(token).sub));
}

function silently(find: () => LaravelUser | undefined): LaravelUser | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof JwtException) {
      return undefined;
    }
    throw error;
  }
}

// Http/Parser/AuthHeaders.php: what follows the last "bearer", up to a comma.
function parseToken({ headers }: FastifyRequest): string | null {
  const header = headers.authorization ?? '';
  const position = header.toLowerCase().lastIndexOf('bearer');
  const [token = ''] = position === -1 ? [] : header.slice(position + 'bearer'.length).split(',');
  return token.trim() === '' ? null : token.trim();
}
