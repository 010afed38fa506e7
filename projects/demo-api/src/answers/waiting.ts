import type { FastifyReply } from 'fastify';
import { setTimeout } from 'node:timers/promises';

/** Aborts when the connection of this answer ends, because the caller left or the server closes. */
export function leaving(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  if (reply.raw.destroyed) {
    controller.abort();
  }
  reply.raw.once('close', () => {
    controller.abort();
  });
  return controller.signal;
}

/** Waits so long, or until the signal aborts; resolves in both cases. */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  if (durationMs <= 0 || signal.aborted) {
    return;
  }
  // Leaving is no failure of whoever waits.
  await setTimeout(durationMs, undefined, { signal }).catch(() => undefined);
}
