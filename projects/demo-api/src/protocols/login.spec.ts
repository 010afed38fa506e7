import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startDepot } from '../testing/depot-caller.ts';

const CLERK = { username: 'clerk', password: 'clerk-pass' };

describe('POST /login', () => {
  it('gives an access token alone by default', async (test) => {
    const depot = await startDepot(test);
    const { status, headers, body } = await depot.post('/login', CLERK);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
    assert.equal(body['token_type'], 'Bearer');
    assert.equal(body['expires_in'], 60);
    assert.deepEqual(headers.getSetCookie(), []);
  });

  it('adds a refresh token for oauth', async (test) => {
    const depot = await startDepot(test);
    const { headers, body } = await depot.post('/login', { ...CLERK, protocol: 'oauth' });
    assert.equal(typeof body['refresh_token'], 'string');
    assert.deepEqual(headers.getSetCookie(), []);
  });

  it('sets the two cookies for cookie, and shows no refresh token', async (test) => {
    const depot = await startDepot(test);
    const { headers, body } = await depot.post('/login', { ...CLERK, protocol: 'cookie' });
    assert.equal(body['refresh_token'], undefined);
    const [refresh = '', xsrf = ''] = headers.getSetCookie();
    assert.match(refresh, /^refresh=.+; Max-Age=1209600; Path=\/cookie; HttpOnly; SameSite=Lax$/);
    assert.match(xsrf, /^XSRF-TOKEN=[\w-]{22}; Max-Age=1209600; Path=\/; SameSite=Lax$/);
  });

  for (const credentials of [
    { username: 'clerk', password: 'manager-pass' },
    { username: 'nobody', password: 'nobody-pass' },
  ]) {
    it(`refuses ${credentials.username} with ${credentials.password}, without a challenge`, async (test) => {
      const depot = await startDepot(test);
      const { status, headers, body } = await depot.post('/login', credentials);
      assert.equal(status, 401);
      assert.equal(headers.get('www-authenticate'), null);
      assert.match(String(body['message']), /wrong/);
      assert.equal((await depot.counters())['logins'], 0);
    });
  }

  for (const [body, message] of [
    [undefined, /^The body is missing\. Send a JSON object such as \{"username"/],
    [[CLERK], /^The body is a list/],
    [null, /^The body is null/],
    [{ username: 'clerk' }, /^"password" is missing/],
    [{ username: 'clerk', password: 12 }, /^"password" is a number/],
    [{ username: '', password: 'x' }, /^"username" is empty/],
    [{ ...CLERK, protocol: 'saml' }, /^"protocol" is "saml"\. Allowed: exchange, oauth, cookie\.$/],
  ] as const) {
    it(`explains what is wrong with ${body === undefined ? 'no body' : JSON.stringify(body)}`, async (test) => {
      const depot = await startDepot(test);
      const answer = await depot.post('/login', body);
      assert.equal(answer.status, 400);
      assert.match(String(answer.body['message']), message);
    });
  }
});
