import {
  HttpClient,
  HttpErrorResponse,
  provideHttpClient,
  withInterceptors,
  withXhr,
} from '@angular/common/http';
import { EnvironmentInjector, runInInjectionContext } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import {
  authInterceptor,
  AuthSession,
  injectAuthFetch,
  localTokenStorage,
  provideAuth,
  refreshTokenGrant,
} from 'ngx-bearer';
import { dpop, dpopKey } from 'ngx-bearer/dpop';
import { firstValueFrom } from 'rxjs';
import type { DpopPage } from './dpop-contract.ts';
import { exchangeByOauth4webapi, exchangeByOidcClient, type SignInPlace } from './dpop-sign-in.ts';

const { apiUrl } = (await (await fetch('/config.json')).json()) as { apiUrl: string };
const { issuer, api } = JSON.parse(apiUrl) as { issuer: string; api: string };

const { injector } = await createApplication({
  providers: [
    provideHttpClient(
      withInterceptors([authInterceptor]),
      ...(location.search === '?xhr' ? [withXhr()] : []),
    ),
    provideAuth({
      allow: [api],
      refresh: refreshTokenGrant({ tokenEndpoint: `${issuer}/token`, clientId: 'demo' }),
      storage: localTokenStorage(),
      proof: dpop(),
    }),
  ],
});
const http = injector.get(HttpClient);
const session = injector.get(AuthSession);
const environment = injector.get(EnvironmentInjector);
const authFetch = runInInjectionContext(environment, () => injectAuthFetch());
const place: SignInPlace = { issuer, key: () => runInInjectionContext(environment, () => dpopKey()) };

async function statusOf(path: string, by: 'HttpClient' | 'fetch'): Promise<number> {
  if (by === 'fetch') return (await authFetch(`${api}${path}`)).status;
  try {
    return (await firstValueFrom(http.get(`${api}${path}`, { observe: 'response' }))).status;
  } catch (failure) {
    return failure instanceof HttpErrorResponse ? failure.status : NaN;
  }
}

/** An entry of a database of the library. */
function entryOf(name: string, key: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(new Error(`${name} cannot be opened.`));
    opening.onsuccess = () => {
      const database = opening.result;
      const reading: IDBRequest<unknown> = database.transaction('entries').objectStore('entries').get(key);
      reading.onsuccess = () => resolve(reading.result);
      database.close();
    };
  });
}

async function storedKeys(): Promise<{ readonly pair: CryptoKeyPair }[]> {
  return ((await entryOf('ngx-bearer.dpop', 'keys')) ?? []) as { readonly pair: CryptoKeyPair }[];
}

window.dpopPage = {
  signIn: async (library) => {
    const exchange = library === 'oauth4webapi' ? exchangeByOauth4webapi : exchangeByOidcClient;
    session.signIn(await exchange(place));
  },
  signOut: () => session.signOut(),
  signedIn: () => session.signedIn(),
  call: (paths, by = 'HttpClient') => Promise.all(paths.map((path) => statusOf(path, by))),
  steal: async () => {
    const record = (await entryOf('ngx-bearer.session', 'session')) as {
      readonly credential: { readonly tokens: { accessToken: string; refreshToken: string } };
    };
    return record.credential.tokens;
  },
  exportKey: async () => {
    const [key] = await storedKeys();
    if (!key) return 'no key';
    return crypto.subtle.exportKey('jwk', key.pair.privateKey).then(
      () => 'exported',
      (error: unknown) => (error as Error).name,
    );
  },
  keys: async () => (await storedKeys()).length,
  loseKeys: () =>
    new Promise((resolve, reject) => {
      const deleting = indexedDB.deleteDatabase('ngx-bearer.dpop');
      deleting.onsuccess = () => resolve();
      deleting.onerror = () => reject(new Error('The keys cannot be deleted.'));
    }),
} satisfies DpopPage;
Object.assign(window, { page: window.dpopPage });
