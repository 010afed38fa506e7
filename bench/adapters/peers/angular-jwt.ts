import { provideHttpClient, withInterceptorsFromDi } from '@angular/common/http';
import { importProvidersFrom } from '@angular/core';
import { JwtModule } from '@auth0/angular-jwt';
import { clientOf, openAngular } from '../../world/angular-world.ts';
import type { Adapter } from '../contract.ts';

/** As its README says. */
export const adapter: Adapter = {
  about: {
    name: '@auth0/angular-jwt',
    packages: ['@auth0/angular-jwt'],
    transport: 'HttpClient',
    can: ['attach', 'allow'],
    quickstart: `export { JwtModule } from '@auth0/angular-jwt';`,
    remark: 'attaches only; a token is got and renewed by the application',
  },
  open: ({ server, allow, storage, token }) => {
    let inMemory = token;
    if (storage === 'local') localStorage.setItem('access_token', token);
    const tokenGetter = () => (storage === 'local' ? localStorage.getItem('access_token') : inMemory);
    const allowedDomains = allow.map((origin) => new URL(origin).host);
    const injector = openAngular(server, [
      provideHttpClient(withInterceptorsFromDi()),
      importProvidersFrom(JwtModule.forRoot({ config: { tokenGetter, allowedDomains } })),
    ]);
    return clientOf(injector, (other) => {
      inMemory = other;
      if (storage === 'local') localStorage.setItem('access_token', other);
    });
  },
};
