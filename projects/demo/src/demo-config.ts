import {
  HTTP_INTERCEPTORS,
  provideHttpClient,
  withInterceptors,
  withInterceptorsFromDi,
  withXhr,
} from '@angular/common/http';
import {
  type ApplicationConfig,
  type EnvironmentProviders,
  importProvidersFrom,
  inject,
  provideBrowserGlobalErrorListeners,
  provideEnvironmentInitializer,
  type Provider,
} from '@angular/core';
import { type AuthConfig, authInterceptor, AuthModule, provideAuth } from 'ngx-bearer';
import { API_URL } from './api-url';
import { authConfigFor } from './auth-config';
import { Journal } from './event-log/journal';
import type { DemoSettings } from './settings/demo-settings';
import { DEMO_SETTINGS } from './settings/settings-token';
import { CallRecorder, recordCall, recordSending, SendingRecorder } from './timeline/recording-interceptors';

type Providers = (Provider | EnvironmentProviders)[];

/** The application, put together as the settings ask. */
export function demoConfig(apiUrl: string, settings: DemoSettings): ApplicationConfig {
  const auth = authConfigFor(apiUrl, settings);
  const backend = settings.backend === 'xhr' ? [withXhr()] : [];
  return {
    providers: [
      provideBrowserGlobalErrorListeners(),
      { provide: API_URL, useValue: apiUrl },
      { provide: DEMO_SETTINGS, useValue: settings },
      settings.registration === 'module' ? asModule(auth, backend) : asFunctions(auth, backend),
      // A session restored from storage raises its events before any component asks for them.
      provideEnvironmentInitializer(() => inject(Journal)),
    ],
  };
}

// An application registers `authInterceptor` last. The recorder after it only watches what leaves.
function asFunctions(auth: AuthConfig, backend: ReturnType<typeof withXhr>[]): Providers {
  return [
    provideHttpClient(withInterceptors([recordCall, authInterceptor, recordSending]), ...backend),
    provideAuth(auth),
  ];
}

function asModule(auth: AuthConfig, backend: ReturnType<typeof withXhr>[]): Providers {
  return [
    provideHttpClient(withInterceptorsFromDi(), ...backend),
    { provide: HTTP_INTERCEPTORS, useClass: CallRecorder, multi: true },
    importProvidersFrom(AuthModule.forRoot(auth)),
    { provide: HTTP_INTERCEPTORS, useClass: SendingRecorder, multi: true },
  ];
}
