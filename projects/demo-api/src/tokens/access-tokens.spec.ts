import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { startDepot } from '../testing/depot-caller.ts';
import { TestClock } from '../testing/test-clock.ts';

describe('access tokens', () => {
  it('are JWTs that name issuer, subject, name, family and life', async (test) => {
    const depot = await startDepot(test, { settings: { accessTokenLifeSeconds: 90 } });
    const claims = decodeJwt((await depot.signIn('oauth', 'manager')).accessToken);
    assert.deepEqual(Object.keys(claims).sort(), ['exp', 'iat', 'iss', 'jti', 'name', 'sid', 'sub']);
    assert.equal(claims.iss, 'demo-api');
    assert.equal(claims.sub, 'user-2');
    assert.equal(claims['name'], 'Manager');
    assert.equal(Number(claims.exp) - Number(claims.iat), 90);
  });

  it('of the exchange protocol name the URL of the request as issuer, and keep the first iat', async (test) => {
    const clock = new TestClock();
    const depot = await startDepot(test, { now: clock.now, settings: { accessTokenLifeSeconds: 90 } });
    const { accessToken } = await depot.signIn();
    clock.advance(60_000);
    const { body } = await depot.post('/auth', undefined, accessToken);
    const [old, fresh] = [decodeJwt(accessToken), decodeJwt(String(body['access_token']))];
    assert.deepEqual(
      [old, fresh].map(({ iss, sub }) => ({ iss, sub })),
      [
        { iss: `${depot.address}/login`, sub: 'user-1' },
        { iss: `${depot.address}/auth`, sub: 'user-1' },
      ],
    );
    assert.equal(fresh.iat, old.iat);
    assert.deepEqual(
      [old, fresh].map(({ exp, iat }) => Number(exp) - Number(iat)),
      [90, 150],
    );
  });

  it('have an id of their own, and one family through all refreshes', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const { body } = await depot.post('/auth', undefined, accessToken);
    const [old, fresh] = [decodeJwt(accessToken), decodeJwt(String(body['access_token']))];
    assert.notEqual(old.jti, fresh.jti);
    assert.equal(old['sid'], fresh['sid']);
    assert.notEqual(old['sid'], decodeJwt((await depot.signIn()).accessToken)['sid']);
  });

  it('live to the millisecond as long as they promise', async (test) => {
    const clock = new TestClock();
    const depot = await startDepot(test, { now: clock.now, settings: { accessTokenLifeSeconds: 1 } });
    const { accessToken } = await depot.signIn();
    clock.advance(999);
    assert.equal((await depot.get('/me', accessToken)).status, 200);
    clock.advance(1);
    const late = await depot.get('/me', accessToken);
    assert.equal(late.status, 401);
    assert.match(late.headers.get('www-authenticate') ?? '', /error_description="The token has expired"/);
  });

  it('are refused when a byte of them is changed', async (test) => {
    const depot = await startDepot(test);
    const [header, payload, signature] = (await depot.signIn()).accessToken.split('.');
    const forged = Buffer.from(String(payload), 'base64url').toString().replace('user-1', 'user-2');
    const tokens = [
      [header, Buffer.from(forged).toString('base64url'), signature].join('.'),
      [header, payload, 'A'.repeat(43)].join('.'),
      [header, payload, ''].join('.'),
    ];
    for (const token of tokens) {
      assert.equal((await depot.get('/me', token)).status, 401);
    }
  });

  it('are refused when signed with another key, or with none', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const claims = decodeJwt(accessToken);
    const foreign = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('another key that is long enough!'));
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    const unsigned = `${header}.${String(accessToken.split('.')[1])}.`;
    assert.equal(decodeProtectedHeader(unsigned).alg, 'none');
    for (const token of [foreign, unsigned]) {
      assert.equal((await depot.get('/me', token)).status, 401);
      assert.equal((await depot.post('/auth', undefined, token)).status, 401);
    }
  });
});
