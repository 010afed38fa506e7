import { HTTP_INTERCEPTORS } from '@angular/common/http';
import { type ModuleWithProviders, NgModule } from '@angular/core';
import type { AuthConfig } from './auth-config';
import { AuthInterceptor } from './auth-interceptor';
import { provideAuth } from './provide-auth';

/** For applications built of NgModules, beside `provideHttpClient(withInterceptorsFromDi())`. */
@NgModule()
export class AuthModule {
  /**
   * Does what `provideAuth` does, and registers {@link AuthInterceptor}.
   *
   * @throws AuthError `bad-config` at once, naming the option and the remedy.
   */
  static forRoot(config: AuthConfig): ModuleWithProviders<AuthModule> {
    return {
      ngModule: AuthModule,
      providers: [
        provideAuth(config),
        { provide: HTTP_INTERCEPTORS, useExisting: AuthInterceptor, multi: true },
      ],
    };
  }
}
