import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { RendererFactory2 } from '@angular/core';
import { Router } from '@angular/router';
import {
  AbstractSecurityStorage,
  authInterceptor,
  DefaultLocalStorageService,
  OidcSecurityService,
  provideAuth,
} from 'angular-auth-oidc-client';
import { firstValueFrom } from 'rxjs';
import { clientOf, openAngular } from '../../world/angular-world.ts';
import type { Adapter } from '../contract.ts';

const CONFIG_ID = '0-bench';

/** As its README says, with the tokens of a login that is over. */
export const adapter: Adapter = {
  about: {
    name: 'angular-auth-oidc-client',
    packages: ['angular-auth-oidc-client'],
    transport: 'HttpClient',
    can: ['attach', 'allow', 'expiry', 'store'],
    quickstart: `export { authInterceptor, OidcSecurityService, provideAuth } from 'angular-auth-oidc-client';`,
    remark: 'refreshes by a timer, never for a 401; it also signs in, which the others do not',
    unplayed: { 'a token that has run out': 'needs its identity server' },
  },
  open: async ({ server, allow, storage, token }) => {
    const config = {
      configId: CONFIG_ID,
      authority: 'https://id.example.com',
      clientId: 'bench',
      redirectUrl: 'https://app.example.com/',
      scope: 'openid profile email offline_access',
      responseType: 'code',
      silentRenew: true,
      useRefreshToken: true,
      secureRoutes: allow.map((origin) => `${origin}/`),
      authWellknownEndpoints: { issuer: 'https://id.example.com' },
    };
    const memory = new MemoryStorage();
    const injector = openAngular(server, [
      provideHttpClient(withInterceptors([authInterceptor()])),
      provideAuth({ config }),
      // What a page has: the way back from a login, and the frame of a silent one.
      { provide: Router, useValue: {} },
      { provide: RendererFactory2, useValue: { createRenderer: () => null } },
      storage === 'local'
        ? { provide: AbstractSecurityStorage, useExisting: DefaultLocalStorageService }
        : { provide: AbstractSecurityStorage, useValue: memory },
    ]);
    const signIn = (other: string) => {
      const record = { authzData: other, authnResult: { access_token: other, id_token: other } };
      injector.get(AbstractSecurityStorage).write(CONFIG_ID, JSON.stringify(record));
    };
    signIn(token);
    // Loads the configuration, as the first page of an application does.
    await firstValueFrom(injector.get(OidcSecurityService).getAccessToken());
    return clientOf(injector, signIn);
  },
};

class MemoryStorage implements AbstractSecurityStorage {
  readonly #kept = new Map<string, string>();

  read(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }

  write(key: string, value: string): void {
    this.#kept.set(key, value);
  }

  remove(key: string): void {
    this.#kept.delete(key);
  }

  clear(): void {
    this.#kept.clear();
  }
}
