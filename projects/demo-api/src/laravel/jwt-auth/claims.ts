import { createHash } from 'node:crypto';
import { randomText } from '../random-text.ts';

/**
 * The claims of jwt-auth, in its order: the defaults of Factory.php, then the subject, the hash of its model
 * (`prv`, JWT.php) and the claims that the model adds.
 */
export interface JwtAuthClaims {
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  readonly nbf: number;
  readonly jti: string;
  readonly sub: string;
  readonly prv: string;
  readonly [custom: string]: unknown;
}

/** The request in which a token is made. */
export interface TokenRequest {
  readonly url: string;
  readonly nowSeconds: number;
  readonly lifeSeconds: number;
}

/**
 * Which `iat` a refreshed token has: that of the first token (tymon/jwt-auth 2.1.1 and before,
 * php-open-source-saver/jwt-auth before 2.5.0), or its own (since 2.5.0). See `buildRefreshClaims` in Manager.php.
 */
export type RefreshedIssueDate = 'first' | 'own';

const JTI_LENGTH = 16;
const MODEL_HASH = createHash('sha1').update('App\\Models\\User').digest('hex');

/** The claims of a token for a sign-in. `iss` is the URL of the request (Claims/Factory.php). */
export function firstClaims(
  request: TokenRequest,
  subject: string,
  custom: Readonly<Record<string, unknown>> = {},
): JwtAuthClaims {
  return { ...defaultClaims(request), sub: subject, prv: MODEL_HASH, ...custom };
}

/** The claims of a token that replaces another one: custom claims stay, since Factory.php is not reset. */
export function refreshedClaims(
  old: JwtAuthClaims,
  request: TokenRequest,
  issueDate: RefreshedIssueDate,
): JwtAuthClaims {
  const fresh = defaultClaims(request);
  return { ...old, ...fresh, iat: issueDate === 'first' ? old.iat : fresh.iat };
}

function defaultClaims({ url, nowSeconds, lifeSeconds }: TokenRequest) {
  return {
    iss: url,
    iat: nowSeconds,
    exp: nowSeconds + lifeSeconds,
    nbf: nowSeconds,
    jti: randomText(JTI_LENGTH),
  };
}
