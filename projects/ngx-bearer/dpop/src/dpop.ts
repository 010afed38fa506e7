import { type AuthConfig, type ɵRequestProof } from 'ngx-bearer';
import { DpopProver } from './dpop-prover';

/** Options of `dpop`. */
export interface DpopOptions {
  /**
   * Prefix of the name of the database that keeps the key. It keeps two applications on one origin apart: give the `key` of the
   * storage.
   *
   * @default 'ngx-bearer'
   */
  readonly key?: string;

  /**
   * Whether to go on with bearer tokens if the server issues no other (RFC 9449 section 5). They work for whoever has them.
   *
   * @default false: such tokens are refused
   */
  readonly allowBearer?: boolean;
}

/**
 * Binds the tokens of a session to a key of this browser (DPoP, RFC 9449): `provideAuth({ …, proof: dpop() })`. Each request to
 * an allowed URL, and each refresh by the strategies of this library, carries a proof that its sender has the key.
 *
 * The key is an ECDSA key pair on P-256. No script can export the private key. It is kept in IndexedDB if the session is stored,
 * and removed when the session ends.
 *
 * @throws AuthError `bad-config` when the session is first needed, if the page is not a secure context.
 */
export function dpop(options: DpopOptions = {}): NonNullable<AuthConfig['proof']> {
  const { key = 'ngx-bearer', allowBearer = false } = options;
  const proof: ɵRequestProof = {
    scheme: 'DPoP',
    connect: (session, settings) => new DpopProver(session, settings, { key, allowBearer }),
  };
  return proof;
}
