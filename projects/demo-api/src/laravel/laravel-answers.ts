import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/*
 * The answers of laravel/framework 13.26.1, the same in 10.48, 11.0 and 12.0, with `app.debug` off and to a caller
 * that accepts JSON first, as HttpClient does (Illuminate/Foundation/Exceptions/Handler.php).
 */

type Headers = Readonly<Record<string, string>>;

/** Symfony's `HttpException`: the handler sends its status, headers and message. */
export class HttpException extends Error {
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, message: string, headers: Headers = {}) {
    super(message);
    this.name = 'HttpException';
    this.status = status;
    this.headers = headers;
  }
}

/** The guard found no user. The answer has no `WWW-Authenticate`. */
export class AuthenticationException extends Error {
  constructor() {
    super('Unauthenticated.');
    this.name = 'AuthenticationException';
  }
}

/** `response()->json()`: compact, with PHP's escapes. */
export function sendJson(reply: FastifyReply, body: unknown): FastifyReply {
  return sendText(reply, phpJson(body));
}

/** A scope whose exceptions end as in Laravel's handler. */
export function answerAsLaravel(scope: FastifyInstance): void {
  scope.addHook('onRequest', (_request, reply, done) => {
    // Symfony's default for an answer that sets nothing (ResponseHeaderBag.php).
    reply.header('Cache-Control', 'no-cache, private');
    done();
  });
  scope.setErrorHandler(writeException);
}

function writeException(error: unknown, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof AuthenticationException) {
    return sendJson(reply.code(401), { message: error.message });
  }
  if (error instanceof HttpException) {
    return sendPretty(reply.code(error.status).headers(error.headers), error.message);
  }
  // A body that Fastify cannot parse never reaches PHP code that throws.
  const { statusCode = 500 } = error as Partial<FastifyError>;
  return statusCode < 500
    ? sendPretty(reply.code(statusCode), 'Bad request.')
    : sendPretty(reply.code(500), 'Server Error');
}

// `prepareJsonResponse` asks for JSON_PRETTY_PRINT and JSON_UNESCAPED_SLASHES.
function sendPretty(reply: FastifyReply, message: string): FastifyReply {
  return sendText(reply, escapeUnicode(JSON.stringify({ message }, null, 4)));
}

// Fastify adds a charset to the type of a text, and none to that of bytes.
function sendText(reply: FastifyReply, json: string): FastifyReply {
  return reply.header('Content-Type', 'application/json').send(Buffer.from(json));
}

function phpJson(body: unknown): string {
  return escapeUnicode(JSON.stringify(body)).replaceAll('/', '\\/');
}

function escapeUnicode(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
