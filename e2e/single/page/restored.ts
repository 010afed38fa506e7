import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { createApplication } from '@angular/platform-browser';
import { authInterceptor, AuthSession, provideAuth, refreshCookie, requireAuth, skipAuth } from 'ngx-bearer';
import { firstValueFrom } from 'rxjs';
import { call } from './call.ts';
import type { RestoredPage } from './restored-contract.ts';

const { apiUrl } = (await (await fetch('/config.json')).json()) as { apiUrl: string };

const { injector } = await createApplication({
  providers: [
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAuth({ allow: [apiUrl], refresh: refreshCookie(`${apiUrl}/session`) }),
  ],
});
const http = injector.get(HttpClient);

window.restoredPage = {
  whileLoading: Promise.all(Array.from({ length: 3 }, () => call(http, `${apiUrl}/orders`, requireAuth()))),
  logIn: async () => {
    const request = http.post(`${apiUrl}/login`, null, { withCredentials: true, context: skipAuth() });
    injector.get(AuthSession).signIn(await firstValueFrom(request));
  },
} satisfies RestoredPage;
Object.assign(window, { page: window.restoredPage });
