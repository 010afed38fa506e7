import { provideHttpClient } from '@angular/common/http';
import { Component, PLATFORM_ID, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { type AuthConfig, AuthSession, provideAuth, type TokenStorage } from 'ngx-bearer';
import { authGuard } from './public-api';

describe('authGuard, with a store that takes its time', () => {
  it('waits for the stored session', async () => {
    const { harness, router, session } = await setup({ storage: slowStore(await storedSession()) });
    expect(session.signedIn()).toBe(false);
    await harness.navigateByUrl('/orders', Orders);
    expect([router.url, session.signedIn()]).toEqual(['/orders', true]);
  });

  it('sends to sign in where nothing is stored', async () => {
    const { harness, router } = await setup({ storage: slowStore(null) });
    await harness.navigateByUrl('/orders', SignIn);
    expect(router.url).toBe('/sign-in?returnUrl=%2Forders');
  });
});

describe('authGuard, on a server', () => {
  const onServer: Provider = { provide: PLATFORM_ID, useValue: 'server' };

  it('restores nothing, and sends to sign in', async () => {
    const { harness, router, runs } = await setup({ providers: [onServer] });
    await harness.navigateByUrl('/orders', SignIn);
    expect([router.url, runs]).toEqual(['/sign-in?returnUrl=%2Forders', []]);
  });

  it('lets pass whom a store of the app knows', async () => {
    const storage = slowStore(await storedSession());
    const { harness, router } = await setup({ storage, providers: [onServer] });
    await harness.navigateByUrl('/orders', Orders);
    expect(router.url).toBe('/orders');
  });
});

@Component({ selector: 'app-orders', template: '' })
class Orders {}

@Component({ selector: 'app-sign-in', template: '' })
class SignIn {}

async function setup({ storage, providers = [] }: { storage?: TokenStorage; providers?: Provider[] }) {
  /** With what the strategy was run. */
  const runs: unknown[] = [];
  const refresh: AuthConfig['refresh'] = Object.assign(
    (tokens: unknown) => {
      runs.push(tokens);
      return [{ accessToken: 'restored' }];
    },
    { restores: true },
  );
  TestBed.configureTestingModule({
    providers: [
      provideRouter([
        { path: 'orders', component: Orders, canActivate: [authGuard()] },
        { path: 'sign-in', component: SignIn },
      ]),
      provideHttpClient(),
      // Without a store nothing else than the strategy could know the session.
      provideAuth({
        allow: ['/api'],
        refresh: storage ? () => [] : refresh,
        ...(storage && { storage }),
      }),
      providers,
    ],
  });
  const harness = await RouterTestingHarness.create();
  return { harness, router: TestBed.inject(Router), session: TestBed.inject(AuthSession), runs };
}

/** What the store holds after somebody has signed in. */
async function storedSession(): Promise<string | null> {
  let stored: string | null = null;
  const storage: TokenStorage = { read: () => stored, write: (record) => void (stored = record) };
  const { session } = await setup({ storage });
  session.signIn({ accessToken: 'a0' });
  TestBed.resetTestingModule();
  return stored;
}

function slowStore(record: string | null): TokenStorage {
  return {
    read: () => new Promise((resolve) => setTimeout(() => resolve(record), 20)),
    write: () => undefined,
  };
}
