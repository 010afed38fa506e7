import { provideHttpClient } from '@angular/common/http';
import { EnvironmentInjector, runInInjectionContext } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { AuthSession, injectAuthFetch, postRefreshToken, provideAuth } from 'ngx-bearer';
import createClient from 'openapi-fetch';
import type { AuthFetchPage, Paths } from './auth-fetch-contract.ts';

const { apiUrl } = (await (await fetch('/config.json')).json()) as { apiUrl: string };

const { injector } = await createApplication({
  providers: [
    provideHttpClient(),
    provideAuth({ allow: [apiUrl], refresh: postRefreshToken(`${apiUrl}/token`) }),
  ],
});
const session = injector.get(AuthSession);
const authFetch = runInInjectionContext(injector.get(EnvironmentInjector), () => injectAuthFetch());
const client = createClient<Paths>({ baseUrl: apiUrl, fetch: authFetch });
session.signIn({ access_token: 'a0', refresh_token: 'r0' });

/** Reads server-sent events until the stream ends, and connects again until there are enough. */
async function listen(count: number): Promise<string[]> {
  const events: string[] = [];
  while (events.length < count) {
    const { body } = await authFetch(`${apiUrl}/events`, { headers: { Accept: 'text/event-stream' } });
    if (!body) throw new Error('The stream has no body.');
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      events.push(...[...read.value.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data));
    }
  }
  return events;
}

window.fetchPage = {
  listen,
  order: async (item) => {
    const { data, response } = await client.POST('/orders', { body: { item } });
    return `${response.status} ${data?.ordered ?? ''}`;
  },
} satisfies AuthFetchPage;
Object.assign(window, { page: window.fetchPage });
