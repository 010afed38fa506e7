import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signJwt, verifyJwt } from './jwt.ts';

// Signed by Python's hmac module: header, claims and their order as lcobucci/jwt 5.4 (Token/Builder.php) encodes them.
const TOKEN =
  'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwczovL2FwaS5leGFtcGxlLmNvbS9hcGkvYXV0aC9sb2dpbiIsImlhdCI6MTc5NTYwMDAwMCwiZXhwIjoxNzk1NjAzNjAwLCJuYmYiOjE3OTU2MDAwMDAsImp0aSI6IjAxMjM0NTY3ODlhYmNkZWYiLCJzdWIiOiIxIiwicHJ2IjoiMjNiZDVjODk0OWY2MDBhZGIzOWU3MDFjNDAwODcyZGI3YTU5NzZmNyJ9.ft4oaUf7HnG0B1oeFHumkWSMgG9VYCG3eQaCvTHJXj8';
const UNDECODABLE = 'Could not decode token: ';
const SECRET = 'a'.repeat(64);
const CLAIMS = {
  iss: 'https://api.example.com/api/auth/login',
  iat: 1_795_600_000,
  exp: 1_795_603_600,
  nbf: 1_795_600_000,
  jti: '0123456789abcdef',
  sub: '1',
  prv: '23bd5c8949f600adb39e701c400872db7a5976f7',
};

describe('a JWT of jwt-auth', () => {
  it('has the bytes that lcobucci/jwt writes', () => {
    assert.equal(signJwt(CLAIMS, SECRET), TOKEN);
  });

  it('is read with the secret that signed it, whatever its dates', () => {
    assert.deepEqual(verifyJwt(TOKEN, SECRET), CLAIMS);
  });

  for (const [what, token, message] of [
    ['has two parts', 'a.b', 'Wrong number of segments'],
    ['has four parts', 'a.b.c.d', 'Wrong number of segments'],
    ['has an empty part', `${TOKEN.slice(0, TOKEN.lastIndexOf('.'))}.`, 'Malformed token'],
    [
      'is no base64',
      'a.b.c',
      `${UNDECODABLE}Error while decoding from Base64Url, invalid base64 characters detected`,
    ],
    ['is no JSON', 'YQ.YQ.YQ', `${UNDECODABLE}Error while decoding from JSON`],
    [
      'has a number as header',
      'MQ.MQ.MQ',
      `${UNDECODABLE}headers must be an array with non-empty-string keys`,
    ],
    [
      'has a number as claims',
      'e30.MQ.YQ',
      `${UNDECODABLE}claims must be an array with non-empty-string keys`,
    ],
    ['has a header without alg', 'e30.e30.YQ', 'Token Signature could not be verified.'],
    ['has another signature', `${TOKEN.slice(0, -1)}0`, 'Token Signature could not be verified.'],
    ['is unsigned', unsigned(), 'Token Signature could not be verified.'],
  ] as const) {
    // Messages read off a run of php-open-source-saver/jwt-auth 2.8.2 with lcobucci/jwt 5.4 on PHP 8.2.
    it(`is refused if it ${what}`, () => {
      assert.throws(() => verifyJwt(token, SECRET), { name: 'TokenInvalidException', message });
    });
  }
});

function unsigned(): string {
  const [, payload = '', signature = ''] = TOKEN.split('.');
  const header = Buffer.from('{"typ":"JWT","alg":"none"}').toString('base64url');
  return [header, payload, signature].join('.');
}
