import { createHmac, timingSafeEqual } from 'node:crypto';
import type { JwtAuthClaims } from './claims.ts';
import { TokenInvalidException } from './jwt-exceptions.ts';

/** In the order in which lcobucci/jwt 5.4 writes it (Token/Builder.php); `jose` users write `alg` first. */
export const JWT_HEADER = { typ: 'JWT', alg: 'HS256' } as const;

const ENCODED_HEADER = encode(JWT_HEADER);
const BASE64_URL = /^[\w-]+$/;

export function signJwt(claims: JwtAuthClaims, secret: string): string {
  const signed = `${ENCODED_HEADER}.${encode(claims)}`;
  return `${signed}.${signatureOf(signed, secret).toString('base64url')}`;
}

/** The claims of a token with a good signature, whatever their dates; else throws as Token.php and Lcobucci.php do. */
export function verifyJwt(token: string, secret: string): JwtAuthClaims {
  const [header, payload, signature] = threePartsOf(token);
  const { alg } = decode(header) as { alg?: unknown };
  const claims = decode(payload) as JwtAuthClaims;
  if (alg !== JWT_HEADER.alg || !isSignature(signature, signatureOf(`${header}.${payload}`, secret))) {
    throw new TokenInvalidException('Token Signature could not be verified.');
  }
  return claims;
}

function threePartsOf(token: string): [header: string, payload: string, signature: string] {
  const [header, payload, signature, ...more] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) {
    throw new TokenInvalidException('Wrong number of segments');
  }
  if (header === '' || payload === '' || signature === '') {
    throw new TokenInvalidException('Malformed token');
  }
  return [header, payload, signature];
}

function signatureOf(signed: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(signed).digest();
}

function isSignature(given: string, expected: Buffer): boolean {
  const bytes = Buffer.from(given, 'base64url');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): object {
  const value: unknown = BASE64_URL.test(part) ? parse(part) : null;
  if (typeof value !== 'object' || value === null) {
    throw new TokenInvalidException('Could not decode token: Error while decoding from JSON');
  }
  return value;
}

function parse(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return null;
  }
}
