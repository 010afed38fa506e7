import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** Lets pages of these origins, and of no other, read the answers. Origins are compared whole. */
export function allowOrigins(api: FastifyInstance, origins: readonly string[]): void {
  const allowed = new Set(origins.map(checkedOrigin));
  void api.register(cors, {
    origin: (origin, decide) => {
      decide(null, origin !== undefined && allowed.has(origin));
    },
    // The strict mode answers in plain text, and nothing here depends on it.
    strictPreflight: false,
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PATCH'],
    allowedHeaders: ['Authorization', 'Content-Type', 'X-XSRF-TOKEN'],
    exposedHeaders: ['WWW-Authenticate', 'Retry-After', 'Date'],
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  });
}

// An origin with a path or a trailing slash would never match, and nobody would see why.
function checkedOrigin(origin: string): string {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    throw new TypeError(`"${origin}" is not an origin. Write it as http://127.0.0.1:4200.`);
  }
  return origin;
}
