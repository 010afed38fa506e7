import type { HttpRequest } from '@angular/common/http';

export interface ReadProof {
  readonly header: { readonly typ: string; readonly alg: string; readonly jwk: JsonWebKey };
  readonly claims: {
    readonly htm: string;
    readonly htu: string;
    readonly iat: number;
    readonly jti: string;
    readonly ath?: string;
    readonly nonce?: string;
  };
  /** The key, as one text. */
  readonly key: string;
}

/** The proof that a request carries, its signature verified by its own key (RFC 9449 section 4.3). */
export async function readProof({ request }: { readonly request: HttpRequest<unknown> }): Promise<ReadProof> {
  const [header = '', claims = '', signature = ''] = (request.headers.get('DPoP') ?? '').split('.');
  const read = JSON.parse(text(header)) as ReadProof['header'];
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', read.jwk, algorithm, true, ['verify']);
  const signed = new TextEncoder().encode(`${header}.${claims}`);
  const isValid = await crypto.subtle.verify(algorithm, key, bytes(signature), signed);
  if (!isValid) throw new Error('The signature of the proof is wrong.');
  return {
    header: read,
    claims: JSON.parse(text(claims)) as ReadProof['claims'],
    key: `${read.jwk.x ?? ''}.${read.jwk.y ?? ''}`,
  };
}

/** What a proof says of its access token (RFC 9449 section 4.2). */
export async function hashOf(token: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  const letters = [...new Uint8Array(hash)].map((byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}

/** The public key of a pair, as proofs show it. */
export async function keyOf({ publicKey }: CryptoKeyPair): Promise<string> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return `${x}.${y}`;
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const letters = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

function text(base64url: string): string {
  return new TextDecoder().decode(bytes(base64url));
}
