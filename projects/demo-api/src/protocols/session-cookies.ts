import type { FastifyReply } from 'fastify';
import { REFRESH_WINDOW_MS } from '../tokens/refresh-window.ts';

/** Names and paths of the cookies. Scripts cannot read the first; they must repeat the second in a header. */
export const REFRESH_COOKIE = 'refresh';
export const XSRF_COOKIE = 'XSRF-TOKEN';

const maxAge = REFRESH_WINDOW_MS / 1000;
const REFRESH_PATH = '/cookie';

export function setRefreshCookie(reply: FastifyReply, refreshToken: string): void {
  // No `secure`: the demo speaks http on the loopback address. On https it belongs here.
  reply.setCookie(REFRESH_COOKIE, refreshToken, {
    httpOnly: true,
    sameSite: 'lax',
    path: REFRESH_PATH,
    maxAge,
  });
}

export function setXsrfCookie(reply: FastifyReply, xsrfToken: string): void {
  reply.setCookie(XSRF_COOKIE, xsrfToken, { sameSite: 'lax', path: '/', maxAge });
}

export function clearSessionCookies(reply: FastifyReply): void {
  reply.clearCookie(REFRESH_COOKIE, { path: REFRESH_PATH });
  reply.clearCookie(XSRF_COOKIE, { path: '/' });
}
