import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpProblem } from './http-problem.ts';

/** Told of every failure that is the server's own fault; the caller only learns "unexpected". */
export type UnexpectedListener = (error: unknown, where: string) => void;

/** Turns whatever a handler throws into JSON with a `message`. */
export function writeProblems(api: FastifyInstance, onUnexpected: UnexpectedListener): void {
  api.setErrorHandler((error, request, reply) => {
    const problem = asProblem(error, request);
    if (problem !== undefined) {
      return reply.code(problem.statusCode).headers(problem.headers).send({ message: problem.message });
    }
    // A caller who hangs up in the middle of an upload is no fault of the server.
    if (!reply.raw.destroyed) {
      onUnexpected(error, `${request.method} ${request.routeOptions.url ?? 'unknown route'}`);
    }
    return reply.code(500).send({ message: 'unexpected' });
  });
}

/** The problem to tell the caller about, or `undefined` where it is not the caller's. */
export function asProblem(error: unknown, request: FastifyRequest): HttpProblem | undefined {
  if (error instanceof HttpProblem) {
    return error;
  }
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  if (statusCode === undefined || statusCode < 400 || statusCode > 499) {
    return undefined;
  }
  return new HttpProblem(statusCode, explain(code, request) ?? message ?? 'The request is not understood.');
}

// The framework's own text for broken JSON quotes the body, which may hold a password.
function explain(code: string | undefined, request: FastifyRequest): string | undefined {
  const length = request.headers['content-length'] ?? 'some';
  switch (code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return `The body is ${length} bytes that do not parse as JSON. Send one JSON object.`;
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return 'The body is empty, but Content-Type says JSON. Send a JSON object, or leave Content-Type out.';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return `Content-Type is ${request.headers['content-type'] ?? 'missing'}. Send application/json.`;
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return `The body is ${length} bytes, more than this route takes. Files go to POST /documents.`;
    default:
      return undefined;
  }
}
