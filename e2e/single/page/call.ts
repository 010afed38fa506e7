import type { HttpClient, HttpContext } from '@angular/common/http';
import { AuthError } from 'ngx-bearer';
import { firstValueFrom } from 'rxjs';

/** What a GET gets: the answer as JSON, or the status with the code of the library. */
export async function call(http: HttpClient, url: string, context?: HttpContext): Promise<string> {
  try {
    return JSON.stringify(await firstValueFrom(http.get(url, { ...(context && { context }) })));
  } catch (failure) {
    const { status, error } = failure as { readonly status: number; readonly error: unknown };
    return error instanceof AuthError ? `${status} ${error.code}` : String(status);
  }
}
