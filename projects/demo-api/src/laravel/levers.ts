import type { FastifyInstance } from 'fastify';

/** What a test changes at the server without signing in. */
export type Levers = Readonly<Record<string, (userName: string) => void>>;

/** `POST /levers/<name>` with `{"user":"…"}`. */
export function serveLevers(api: FastifyInstance, levers: Levers): void {
  for (const [name, pull] of Object.entries(levers)) {
    api.post(`/levers/${name}`, (request, reply) => {
      const { user } = (request.body ?? {}) as { user?: unknown };
      pull(String(user));
      return reply.code(204).send();
    });
  }
}
