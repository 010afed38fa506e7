import type { FastifyRequest } from 'fastify';

/** The URL of a request without its query, as Laravel's `Request::url()` (Illuminate/Http/Request.php). */
export function requestUrl(request: FastifyRequest): string {
  const [path = ''] = request.url.split('?');
  return `${request.protocol}://${request.host}${path}`.replace(/\/+$/, '');
}
