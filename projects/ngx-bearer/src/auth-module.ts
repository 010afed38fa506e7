import { HTTP_INTERCEPTORS } from '@angular/common/http';
import { type ModuleWithProviders, NgModule } from '@angular/core';
import type { AuthConfig } from './auth-config';
import { AuthInterceptor } from './auth-interceptor';
import { provideAuth } from './provide-auth';

/** For applications built of NgModules, beside `provideHttpClient(withInterceptorsFromDi())`. */
@NgModule()
export class AuthModule {
  /**
   * Does what `provideAuth` does, also with a function, and registers {@link AuthInterceptor}.
   *
   * @throws AuthError `bad-config` as `provideAuth` does.
   */
  static forRoot(config: AuthConfig | (() => AuthConfig)): ModuleWithProviders<AuthModule> {
    return {
      ngModule: AuthModule,
      providers: [
        provideAuth(config),
        { provide: HTTP_INTERCEPTORS, useExisting: AuthInterceptor, multi: true },
      ],
    };
  }
}
