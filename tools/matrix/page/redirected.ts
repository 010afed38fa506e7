import {
  FetchBackend,
  HttpBackend,
  HttpXhrBackend,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { createEnvironmentInjector, type EnvironmentInjector } from '@angular/core';
import { authInterceptor, AuthSession, exchangeToken, postRefreshToken, provideAuth } from 'ngx-bearer';
import { SECRET } from './secret';

/** Refreshes once for each backend and body at an API that redirects, and resolves with the codes of the errors. */
export async function refreshAt(api: string, parent: EnvironmentInjector): Promise<string[]> {
  const codes: string[] = [];
  for (const backend of [FetchBackend, HttpXhrBackend]) {
    for (const strategy of [exchangeToken, postRefreshToken]) {
      const injector = createEnvironmentInjector(
        [
          provideHttpClient(withInterceptors([authInterceptor])),
          backend,
          { provide: HttpBackend, useExisting: backend },
          provideAuth({ allow: [api], refresh: strategy(`${api}/auth`) }),
        ],
        parent,
      );
      codes.push(await codeOf(injector.get(AuthSession)));
      injector.destroy();
    }
  }
  return codes;
}

/** What a page without protection does: the body follows a 307 to wherever it points. */
export async function postUnprotected(url: string): Promise<void> {
  await fetch(url, { method: 'POST', body: SECRET });
}

async function codeOf(session: AuthSession): Promise<string> {
  session.signIn({ accessToken: SECRET, refreshToken: SECRET });
  try {
    await session.refresh();
    return 'refreshed';
  } catch (error) {
    return (error as { code: string }).code;
  }
}
