// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import { type HttpClient, HttpResponse } from '@angular/common/http';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { AuthTokens } from 'ngx-bearer';
import { firstValueFrom, from, of } from 'rxjs';
import { loadLibrary } from './library.ts';

const URL = 'https://api.example.com/auth';

it('each strategy runs in a test of an app that has no document, with a context made by hand', async () => {
  const { exchangeToken, postRefreshToken, refreshCookie, refreshTokenGrant } = await loadLibrary();
  const strategies = [
    exchangeToken(URL),
    postRefreshToken('/auth'),
    refreshCookie(URL),
    refreshTokenGrant({ tokenEndpoint: URL, clientId: 'shop' }),
  ];
  const answer = new HttpResponse({ body: { access_token: 'a1' }, url: URL });
  const http = { request: () => of(answer) } as unknown as HttpClient;
  const { signal } = new AbortController();
  for (const strategy of strategies) {
    const tokens: AuthTokens = { accessToken: 'a0', refreshToken: 'r0' };
    assert.deepEqual(await firstValueFrom(from(strategy(tokens, { http, signal }))), { accessToken: 'a1' });
  }
});
