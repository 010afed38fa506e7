import type { HttpRequest } from '@angular/common/http';

/**
 * What a program puts in the place of the package `dpop`: proofs that can be read and not forged by accident. Web Crypto would
 * finish in an order of its own, and a program has to run twice in the same way.
 */
export const FAKE_DPOP = `
let proofs = 0;
export const generateKeyPair = async () => ({ number: ++proofs });
export const generateProof = async (pair, htu, htm, nonce, token) =>
  JSON.stringify({ key: pair.number, jti: ++proofs, htu, htm, nonce, token });
`;

/** A proof, as {@link FAKE_DPOP} makes it. */
export interface FakeProof {
  readonly key: number;
  readonly jti: number;
  readonly htu: string;
  readonly htm: string;
  readonly nonce?: string;
  readonly token?: string;
}

/** The proof that a request carries; null if it carries none. */
export function proofOf({ headers }: HttpRequest<unknown>): FakeProof | null {
  const text = headers.get('DPoP');
  return text === null ? null : (JSON.parse(text) as FakeProof);
}
