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
  const { alg } = decode(header, 'headers') as { alg?: unknown };
  const claims = decode(payload, 'claims') as JwtAuthClaims;
  const given = decodeBytes(signature);
  if (alg !== JWT_HEADER.alg || !isSameSignature(given, signatureOf(`${header}.${payload}`, secret))) {
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

function isSameSignature(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

// In the words of lcobucci/jwt 5.4 (Token/Parser.php, Encoding/).
function decode(part: string, name: 'headers' | 'claims'): object {
  const value = parse(decodeBytes(part).toString());
  if (typeof value !== 'object' || value === null) {
    throw undecodable(`${name} must be an array with non-empty-string keys`);
  }
  return value;
}

function decodeBytes(part: string): Buffer {
  if (!BASE64_URL.test(part) || part.length % 4 === 1) {
    throw undecodable('Error while decoding from Base64Url, invalid base64 characters detected');
  }
  return Buffer.from(part, 'base64url');
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw undecodable('Error while decoding from JSON');
  }
}

function undecodable(reason: string): TokenInvalidException {
  return new TokenInvalidException(`Could not decode token: ${reason}`);
}
