import { HttpErrorResponse, type HttpRequest } from '@angular/common/http';
import { withoutUndefined } from '../without-undefined';
import { safePredicate } from './safe-predicate';

/** What a server asks for that wants a stronger or fresher authentication (RFC 9470 section 3). */
export interface StepUp {
  readonly acrValues?: string[];
  readonly maxAge?: number;
}

/** One challenge of `WWW-Authenticate`: its parameters, names in lower case (RFC 9110 section 11.6.1). */
type Challenge = Map<string, string>;

const STEP_UP = 'insufficient_user_authentication';

/** Errors of a 401 that no new token can mend. */
const NOT_ABOUT_THE_TOKEN: readonly unknown[] = [
  'insufficient_scope',
  STEP_UP,
  'use_dpop_nonce',
  'invalid_dpop_proof',
];

/**
 * A name with the value that may follow it, or a quoted string. One that never closes runs to the end, so that
 * nothing inside it is taken for a name, and each character is looked at once.
 */
const PIECE =
  /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([\w!#$%&'*+.^`|~-]+)))?|"(?:[^"\\]|\\.)*"?/g;

/**
 * Whether a failure means that its token is no longer good: a 401, unless any readable challenge names another
 * cause (`insufficient_scope` RFC 6750 section 3.1, `insufficient_user_authentication` RFC 9470 section 3,
 * `use_dpop_nonce` and `invalid_dpop_proof` RFC 9449 sections 8 and 7.1). Across origins a browser shows `WWW-Authenticate` only where the server
 * exposes it.
 */
export function isTokenRejection(error: HttpErrorResponse): boolean {
  return (
    error.status === 401 &&
    !challenges(error).some((challenge) => NOT_ABOUT_THE_TOKEN.includes(challenge.get('error')))
  );
}

/** Whether the configuration takes a failure for a rejection. */
export function isRejection(
  failure: unknown,
  request: HttpRequest<unknown>,
  shouldRefresh: (error: HttpErrorResponse, request: HttpRequest<unknown>) => boolean,
): failure is HttpErrorResponse {
  return failure instanceof HttpErrorResponse && safePredicate(() => shouldRefresh(failure, request));
}

/** The step-up that a 401 asks for, if any. */
export function readStepUp(error: unknown): StepUp | undefined {
  const challenge =
    error instanceof HttpErrorResponse &&
    error.status === 401 &&
    challenges(error).find((each) => each.get('error') === STEP_UP);
  if (!challenge) return undefined;
  const acrValues = challenge.get('acr_values')?.split(' ').filter(Boolean);
  const maxAge = challenge.get('max_age') ?? '';
  return withoutUndefined<StepUp>({
    acrValues: acrValues?.length ? acrValues : undefined,
    maxAge: /^\d+$/.test(maxAge) ? +maxAge : undefined,
  });
}

function challenges({ headers }: HttpErrorResponse): Challenge[] {
  const found: Challenge[] = [];
  for (const [, name, quoted, plain] of (headers.getAll('WWW-Authenticate') ?? []).join().matchAll(PIECE)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    // A name without a value is a scheme: it opens a challenge.
    if (name && value === undefined) found.push(new Map<string, string>());
    else if (name) found.at(-1)?.set(name.toLowerCase(), value ?? '');
  }
  return found;
}
