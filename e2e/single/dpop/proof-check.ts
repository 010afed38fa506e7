import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';

/** What a request shows, and what its token is bound to. */
export interface Shown {
  readonly proof: string;
  readonly method: string;
  /** Without query and fragment. */
  readonly url: string;
  readonly token: string;
}

export type ProofError = 'invalid_dpop_proof' | 'use_dpop_nonce';

const ACCEPTED_SECONDS = 60;

/** Checks proofs as RFC 9449 section 4.3 says, with the library that OAuth servers use. Each `jti` is accepted once. */
export class ProofCheck {
  #nonce: string = randomUUID();
  readonly #seen = new Set<string>();
  /** How far its clock is ahead, in seconds. */
  aheadSeconds = 0;
  /** With nonces the time of a proof does not matter. */
  asksForNonces = true;

  get nonce(): string {
    return this.#nonce;
  }

  /** Accepts only a new nonce from now on. */
  rotate(): void {
    this.#nonce = randomUUID();
  }

  get now(): number {
    return Math.floor(Date.now() / 1000) + this.aheadSeconds;
  }

  /** The thumbprint of the key, or what is wrong. */
  async verify({ proof, method, url, token }: Shown): Promise<{ readonly jkt: string } | ProofError> {
    try {
      const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
        typ: 'dpop+jwt',
        algorithms: ['ES256'],
      });
      const { htm, htu, ath, nonce, jti = '', iat = 0 } = payload;
      if (htm !== method || htu !== url || ath !== hashOf(token)) return 'invalid_dpop_proof';
      if (this.asksForNonces && nonce !== this.#nonce) return 'use_dpop_nonce';
      if (Math.abs(this.now - iat) > ACCEPTED_SECONDS) return 'invalid_dpop_proof';
      if (!jti || this.#seen.has(jti)) return 'invalid_dpop_proof';
      this.#seen.add(jti);
      return { jkt: await calculateJwkThumbprint(protectedHeader.jwk ?? {}) };
    } catch {
      return 'invalid_dpop_proof';
    }
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
