import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';

/** Answers with server-sent events, each a JSON message, until the source ends or the caller leaves. */
export function sendEvents(reply: FastifyReply, messages: AsyncIterable<unknown>): FastifyReply {
  return reply.type('text/event-stream; charset=utf-8').send(Readable.from(frames(messages)));
}

async function* frames(messages: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const message of messages) {
    yield `data: ${JSON.stringify(message)}\n\n`;
  }
}
