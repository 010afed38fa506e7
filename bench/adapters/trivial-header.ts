import { type HttpInterceptorFn, provideHttpClient, withInterceptors } from '@angular/common/http';
import { clientOf, openAngular } from '../world/angular-world.ts';
import type { Adapter } from './contract.ts';

/** Three lines that put a token on everything. */
export const adapter: Adapter = {
  about: {
    name: 'trivial header interceptor',
    packages: [],
    transport: 'HttpClient',
    can: ['attach'],
    quickstart: null,
  },
  open: ({ server, token: first }) => {
    let token = first;
    const attach: HttpInterceptorFn = (request, next) =>
      next(request.clone({ setHeaders: { Authorization: `Bearer ${token}` } }));
    const injector = openAngular(server, [provideHttpClient(withInterceptors([attach]))]);
    return clientOf(injector, (other) => (token = other));
  },
};
