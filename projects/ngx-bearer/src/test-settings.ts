import { inject, InjectionToken } from '@angular/core';
import type { AuthSettings } from './auth-config';
import type { RefreshStrategy } from './refresh/refresh-strategy';

/** The settings with which `ngx-bearer/testing` replaces those of an app, by its strategy and the name of its session. */
export const TEST_SETTINGS = new InjectionToken<
  (refresh: RefreshStrategy, name: string | undefined) => Pick<AuthSettings, 'refresh' | 'storage' | 'proof'>
>(ngDevMode ? 'ngx-bearer/testing' : '');

/** The settings as the tests of an app want them. In development only: a production build has no such door. */
export function underTest(settings: AuthSettings): AuthSettings {
  return { ...settings, ...inject(TEST_SETTINGS, { optional: true })?.(settings.refresh, settings.name) };
}
