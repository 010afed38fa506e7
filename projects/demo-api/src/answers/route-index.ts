import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './http-problem.ts';

interface Route {
  readonly method: string;
  readonly path: string;
}

/**
 * Lists every route at `GET /` and points lost callers the right way: 405 with `Allow` where only the method
 * is wrong, else 404 with the routes nearby. Call it before any route is added.
 */
export function serveRouteIndex(api: FastifyInstance): void {
  const routes: Route[] = [];
  api.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat().filter((each) => each !== 'OPTIONS' && each !== 'HEAD')) {
      routes.push({ method: name, path: url });
    }
  });
  api.get('/', () => ({
    name: 'Parcel depot, demo API of ngx-bearer',
    readme: 'projects/demo-api/README.md',
    routes: routes.map(inWords),
  }));
  api.setNotFoundHandler((request) => {
    throw lostProblem(request.method, request.url.split('?')[0] ?? '/', routes);
  });
}

function lostProblem(method: string, path: string, routes: readonly Route[]): HttpProblem {
  const allowed = routes.filter((route) => matches(route.path, path)).map((route) => route.method);
  if (allowed.length > 0) {
    const allow = allowed.join(', ');
    return new HttpProblem(405, `${method} is not possible here. Allowed: ${allow}.`, { Allow: allow });
  }
  const nearby = routes.filter((route) => isNear(firstSegment(route.path), firstSegment(path)));
  const hint =
    nearby.length > 0 ? `Nearby: ${nearby.map(inWords).join(', ')}.` : 'GET / lists every route there is.';
  return new HttpProblem(404, `There is no such route. ${hint}`);
}

function inWords(route: Route): string {
  return `${route.method} ${route.path}`;
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const found = path.split('/');
  return (
    wanted.length === found.length &&
    wanted.every(
      (segment, index) => segment === found[index] || (segment.startsWith(':') && found[index] !== ''),
    )
  );
}

function firstSegment(path: string): string {
  return (path.split('/')[1] ?? '').toLowerCase();
}

// Singular for plural and a letter too many are what people mistype.
function isNear(known: string, asked: string): boolean {
  return asked.length > 2 && known !== '' && (known.startsWith(asked) || asked.startsWith(known));
}
