import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem } from '../answers/http-problem.ts';
import { leaving } from '../answers/waiting.ts';
import { noteVerdict } from '../control/traffic.ts';
import type { Depot } from '../depot.ts';
import type { TokenVerdict } from '../tokens/token-verdict.ts';

const NOT_JSON = '<!doctype html><title>Gateway</title><p>This page is not the answer you asked for.</p>';

/**
 * Makes a refresh endpoint misbehave as the settings say. It runs before a token is looked at, so that a call
 * that fails or hangs here leaves the caller's token unspent.
 */
export function refreshAnswer(depot: Depot, refusal: () => HttpProblem) {
  return async (_request: FastifyRequest, reply: FastifyReply) => {
    const answer = await depot.settings.answerAfterHang(leaving(reply));
    switch (answer) {
      case 'tokens':
        return;
      case 'unavailable':
        throw new HttpProblem(503, 'The token desk is closed. Try again later.');
      case 'too-many':
        throw new HttpProblem(429, 'Too many refreshes. Try again in 2 seconds.', { 'Retry-After': '2' });
      case 'refused':
        throw refusal();
      case 'malformed':
        return reply.type('text/html; charset=utf-8').send(NOT_JSON);
      case 'hang':
        // Only a caller who has left gets here: there is nobody to answer.
        return reply.hijack();
    }
  };
}

/** Records whose token was presented for a refresh, and a reuse as such. */
export function noteRefresh(request: FastifyRequest, depot: Depot, verdict: TokenVerdict): void {
  noteVerdict(request.visit, verdict);
  if (verdict.outcome === 'spent') {
    depot.counters.add('reuseDetected');
  }
}
