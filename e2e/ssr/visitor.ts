// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import {
  createEnvironmentInjector,
  DOCUMENT,
  type EnvironmentInjector,
  Injector,
  PLATFORM_ID,
} from '@angular/core';
import type * as library from 'ngx-bearer';
import { LIBRARY } from '../../tools/bundle.ts';

const { AuthSession, provideAuth, refreshTokenGrant } = (await import(LIBRARY)) as typeof library;

/** Somebody who has signed in, and whose browser sends the session along. */
export interface Visitor {
  readonly name: string;
  /** What tells this session from every other. */
  readonly sid: string;
  readonly cookie: string;
  readonly accessToken: string;
  readonly tokens: readonly string[];
}

/** Signs in at the API, as the browser would. */
export async function signIn(apiUrl: string, username: 'clerk' | 'manager'): Promise<Visitor> {
  const answer = await fetch(`${apiUrl}/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password: `${username}-pass`, protocol: 'oauth' }),
  });
  const response = (await answer.json()) as { readonly access_token: string; readonly refresh_token: string };
  const { access_token: accessToken, refresh_token: refreshToken } = response;
  const { name = '', sid = '' } = claimsOf(accessToken);
  const cookie = `session=${encodeURIComponent(recordOf(response))}`;
  return { name, sid, cookie, accessToken, tokens: [accessToken, refreshToken] };
}

export function claimsOf(token: string): Partial<Record<string, string>> {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Partial<Record<string, string>>;
}

/** What the library itself writes into a store after this sign-in. */
function recordOf(response: unknown): string {
  const written: string[] = [];
  const injector = createEnvironmentInjector(
    [
      { provide: PLATFORM_ID, useValue: 'server' },
      { provide: DOCUMENT, useValue: { defaultView: null } },
      provideAuth({
        allow: ['/'],
        refresh: refreshTokenGrant({ tokenEndpoint: '/', clientId: 'demo' }),
        storage: { read: () => null, write: (record) => void written.push(record ?? '') },
      }),
    ],
    Injector.NULL as EnvironmentInjector,
  );
  injector.get(AuthSession).signIn(response);
  injector.destroy();
  return written.join('');
}
