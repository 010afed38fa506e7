import { generateProof } from 'dpop';
import type { Wanted } from './origins';

/** What a proof is about. */
export interface Subject {
  readonly url: URL;
  readonly method: string;
  /** The access token that the request carries, if it carries one. */
  readonly token: string | undefined;
}

/** A new proof (RFC 9449 section 4.2), as the origin wants it. */
export function makeProof(
  pair: CryptoKeyPair,
  { url, method, token }: Subject,
  { nonce, aheadSeconds }: Wanted,
): Promise<string> {
  // Without query and fragment. A user in the URL gets no token, and no proof.
  const target = url.origin + url.pathname;
  return generateProof(pair, target, method, nonce, token, aheadSeconds ? datedBy(aheadSeconds) : undefined);
}

/**
 * An additional claim that moves `iat`. The package dates a proof by the clock of this device and takes no other date;
 * JSON.stringify asks the claims for their `toJSON`.
 */
function datedBy(aheadSeconds: number): Record<string, string> {
  const claims = {
    toJSON(this: Readonly<{ iat: number }>) {
      return Object.assign({}, this, { iat: this.iat + aheadSeconds });
    },
  };
  return claims as unknown as Record<string, string>;
}
