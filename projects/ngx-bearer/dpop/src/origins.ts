import type { HttpErrorResponse, HttpResponseBase } from '@angular/common/http';
import { ɵdisplayUrl, ɵwarnOnce } from 'ngx-bearer';

/** What an origin wants to find in a proof. */
export interface Wanted {
  /** The nonce of its last answer that had one (RFC 9449 sections 8 and 9). */
  readonly nonce?: string | undefined;
  /** How far its clock is ahead of ours, in seconds; 0 until it refuses a proof for its time. */
  readonly aheadSeconds: number;
}

/** Why another proof may be accepted. */
export type Reason = 'nonce' | 'time';

/** A difference below may be the duration of the answer. */
const SAME_TIME_SECONDS = 5;

/** What each origin wants to find in a proof, by its answers. */
export class Origins {
  readonly #wanted = new Map<string, Wanted>();

  of({ origin }: URL): Wanted {
    return this.#wanted.get(origin) ?? { aheadSeconds: 0 };
  }

  /** Takes the nonce of an answer, whatever its status. */
  note(url: URL, { headers }: HttpResponseBase): void {
    const nonce = headers.get('DPoP-Nonce');
    if (nonce) this.#change(url, { nonce });
  }

  /**
   * Notes a failure. Returns why it refused the proof; null if another proof does not help.
   *
   * @param used what the proof was made for
   */
  explain(url: URL, failure: HttpErrorResponse, used: Wanted): Reason | null {
    this.note(url, failure);
    const wanted = this.of(url);
    const error = errorOf(failure);
    // If the page can read nothing of a 401 but the nonce, a new one is worth a sending.
    const asksForNonce = error.includes('use_dpop_nonce') || (!error && failure.status === 401);
    if (asksForNonce && wanted.nonce !== used.nonce) return 'nonce';
    const date = failure.headers.get('Date') ?? '';
    const isInvalid = error.includes('invalid_dpop_proof');
    if (ngDevMode && asksForNonce && !wanted.nonce) warnOfHidden(url, 'DPoP-Nonce');
    if (ngDevMode && isInvalid && !date) warnOfHidden(url, 'Date');
    const aheadSeconds = Math.round((Date.parse(date) - Date.now()) / 1000);
    const isOtherTime = Math.abs(aheadSeconds - used.aheadSeconds) > SAME_TIME_SECONDS;
    if (!isInvalid || !isOtherTime) return null;
    this.#change(url, { aheadSeconds });
    return 'time';
  }

  #change(url: URL, change: Partial<Wanted>): void {
    this.#wanted.set(url.origin, Object.assign({}, this.of(url), change));
  }
}

/** What the challenges and the body of a failure say; empty if the page can read neither. */
function errorOf({ headers, error }: HttpErrorResponse): string {
  const inBody = (error as { readonly error?: unknown } | null)?.error;
  return [inBody, headers.getAll('WWW-Authenticate')].join('');
}

function warnOfHidden(url: URL, header: string): void {
  if (url.origin === globalThis.location.origin) return;
  ɵwarnOnce(
    `the page cannot read '${header}' in an answer of ${ɵdisplayUrl(url.href)} that refused a DPoP proof or its token. ` +
      'Let the server send Access-Control-Expose-Headers: DPoP-Nonce, WWW-Authenticate, Date.',
    `dpop ${header} ${url.origin}`,
  );
}
