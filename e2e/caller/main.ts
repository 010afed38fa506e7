import {
  HttpClient,
  type HttpErrorResponse,
  provideHttpClient,
  withInterceptors,
  withXhr,
} from '@angular/common/http';
import { createApplication } from '@angular/platform-browser';
import {
  authInterceptor,
  type AuthEvent,
  AuthSession,
  exchangeToken,
  provideAuth,
  skipAuth,
} from 'ngx-bearer';
import { map } from 'rxjs';
import { place } from './place.ts';

const { apiUrl } = (await (await fetch('/config.json')).json()) as { apiUrl: string };
const backend = new URLSearchParams(location.search).get('backend') === 'xhr' ? [withXhr()] : [];

const { injector } = await createApplication({
  providers: [
    provideHttpClient(withInterceptors([authInterceptor]), ...backend),
    provideAuth({ allow: [apiUrl], refresh: exchangeToken(`${apiUrl}/auth`) }),
  ],
});
const http = injector.get(HttpClient);
const session = injector.get(AuthSession);

const events: AuthEvent[] = [];
session.events.subscribe((event) => events.push(event));

window.caller = {
  signIn: (username) =>
    new Promise((complete, error) => {
      const credentials = { username, password: `${username}-pass` };
      http
        .post(`${apiUrl}/login`, credentials, { context: skipAuth() })
        .pipe(map((tokens) => session.signIn(tokens)))
        .subscribe({ complete, error: (failure: HttpErrorResponse) => error(new Error(failure.message)) });
    }),
  send: (calls) => Promise.all(calls.map((call) => place(http, apiUrl, call))),
  signedIn: () => session.signedIn(),
  events: () => events,
};
