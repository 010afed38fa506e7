import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { createApplication } from '@angular/platform-browser';
import { forgetAnswers } from 'docs:service-worker';
import { authInterceptor, AuthSession, postRefreshToken, provideAuth } from 'ngx-bearer';
import { call } from './call.ts';
import type { WorkerPage } from './service-worker-contract.ts';

const { apiUrl } = (await (await fetch('/config.json')).json()) as { apiUrl: string };
const inControl = new Promise((resolve) => {
  navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
});
await navigator.serviceWorker.register('/ngsw-worker.js');
await inControl;

const { injector } = await createApplication({
  providers: [
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAuth({ allow: [apiUrl], refresh: postRefreshToken(`${apiUrl}/token`) }),
  ],
});
const http = injector.get(HttpClient);

window.workerPage = {
  signIn: (accessToken) => injector.get(AuthSession).signIn({ access_token: accessToken }),
  call: () => call(http, `${apiUrl}/me`),
  forgetAnswers,
  deleteCaches: async () => {
    const names = (await caches.keys()).filter((name) => name.includes(':data:'));
    await Promise.all(names.map((name) => caches.delete(name)));
  },
} satisfies WorkerPage;
Object.assign(window, { page: window.workerPage });
