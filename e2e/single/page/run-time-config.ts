import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import { skipAuth } from 'ngx-bearer';
import { firstValueFrom } from 'rxjs';

/** What `/config.json` says, once it is loaded. */
export const config = { apiUrl: '' };

/** For `provideAppInitializer`. */
export async function loadConfig(): Promise<void> {
  const loading = inject(HttpClient).get<typeof config>('/config.json', { context: skipAuth() });
  Object.assign(config, await firstValueFrom(loading));
}
