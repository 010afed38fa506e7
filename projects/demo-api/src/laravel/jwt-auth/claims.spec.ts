import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firstClaims, refreshedClaims } from './claims.ts';

const LOGIN = { url: 'https://api.example.com/api/auth/login', nowSeconds: 1000, lifeSeconds: 60 };
const REFRESH = { url: 'https://api.example.com/api/auth/refresh', nowSeconds: 1050, lifeSeconds: 60 };

describe('the claims of jwt-auth', () => {
  it('stand in the order of Factory.php and JWT.php, custom claims last', () => {
    const names = ['iss', 'iat', 'exp', 'nbf', 'jti', 'sub', 'prv', 'role'];
    const first = firstClaims(LOGIN, '7', { role: 'clerk' });
    assert.deepEqual(Object.keys(first), names);
    assert.deepEqual(Object.keys(refreshedClaims(first, REFRESH, 'own')), names);
  });

  it('name the URL of the sign-in and App\\Models\\User (Claims/Factory.php, JWT.php)', () => {
    const { jti, ...rest } = firstClaims(LOGIN, '7');
    assert.match(jti, /^[A-Za-z0-9]{16}$/);
    assert.deepEqual(rest, {
      iss: 'https://api.example.com/api/auth/login',
      iat: 1000,
      exp: 1060,
      nbf: 1000,
      sub: '7',
      prv: '23bd5c8949f600adb39e701c400872db7a5976f7',
    });
  });

  it('name the URL of the refresh afterwards, with a jti of its own, and keep custom claims (Manager.php)', () => {
    const first = firstClaims(LOGIN, '7', { role: 'clerk' });
    const { jti, ...rest } = refreshedClaims(first, REFRESH, 'first');
    assert.notEqual(jti, first.jti);
    assert.deepEqual(rest, {
      iss: 'https://api.example.com/api/auth/refresh',
      iat: 1000,
      exp: 1110,
      nbf: 1050,
      sub: '7',
      prv: '23bd5c8949f600adb39e701c400872db7a5976f7',
      role: 'clerk',
    });
  });

  it('let exp − iat grow in tymon/jwt-auth 2.1.1, and not in php-open-source-saver/jwt-auth since 2.5.0', () => {
    const lives = (['first', 'own'] as const).map((issueDate) => {
      const { exp, iat } = refreshedClaims(firstClaims(LOGIN, '7'), REFRESH, issueDate);
      return exp - iat;
    });
    assert.deepEqual(lives, [110, 60]);
  });
});
