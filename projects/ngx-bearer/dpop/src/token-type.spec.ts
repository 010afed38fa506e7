import { type AuthError, localTokenStorage } from 'ngx-bearer';
import { FakeOrigin } from '../../src/spec/fake-origin';
import { FakeServer } from '../../src/spec/fake-server';
import { thrownBy } from '../../src/spec/setup';
import { pass } from '../../src/spec/tab-pages';
import { openDpop } from './spec/setup';

const ALLOWED = { options: { allowBearer: true } };

describe('the type of tokens', () => {
  for (const answer of [
    { access_token: 'a9', token_type: 'Bearer' },
    { access_token: 'a9', token_type: 'bearer' },
    '{"access_token":"a9","token_type":"Bearer"}',
    { access_token: 'a9', token_type: 'mac' },
  ]) {
    it(`other than DPoP is refused at the sign-in: ${JSON.stringify(answer)}`, () => {
      const { session, events, printed } = openDpop({ signedIn: false });
      const error = thrownBy(() => {
        session.signIn(answer);
      }) as AuthError;
      expect([error.code, session.signedIn(), events]).toEqual(['bad-token-response', false, []]);
      expect(error.message).toContain("and not 'DPoP'");
      expect(error.message).toContain('dpop({ allowBearer: true })');
      expect(printed.length).toBe(1);
    });
  }

  for (const token_type of ['DPoP', 'dpop', undefined, null]) {
    it(`is DPoP if the server says ${String(token_type)}`, async () => {
      const { session, get, server, arrive } = openDpop({ signedIn: false });
      session.signIn({ access_token: 'a9', token_type });
      get('/orders');
      await arrive(1);
      expect(server.call.token).toBe('DPoP a9');
    });
  }

  it('other than DPoP ends the session at a refresh: no silent downgrade', async () => {
    const { get, session, server, arrive, events, printed } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    const rejection = server.call.reject();
    await arrive(1);
    server.refresh.succeed({ ...server.issueTokens(), token_type: 'Bearer' });
    expect([caller.failure === rejection, session.signedIn()]).toEqual([true, false]);
    expect(events).toEqual([{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }]);
    expect(printed.length).toBe(1);
    expect(printed[0]).toContain('the server issued tokens of the type "bearer" and not \'DPoP\'');
  });

  it('says nothing in the answer of an API', async () => {
    const { get, server, arrive } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    server.call.succeed({ token_type: 'Bearer' });
    expect(caller.got).toEqual({ token_type: 'Bearer' });
  });

  it('may be Bearer if the application allows it: then it is sent as bearer, without a proof', async () => {
    const { session, get, server, arrive } = openDpop({ signedIn: false, ...ALLOWED });
    session.signIn({ ...server.issueTokens(), token_type: 'Bearer' });
    get('/orders');
    await arrive(1);
    expect(server.call.request.headers.get('Authorization')).toBe('Bearer a0');
    expect(server.call.request.headers.has('DPoP')).toBe(false);
  });

  it('may change at a refresh, in both directions, and the refresh itself always has a proof', async () => {
    const { session, get, server, arrive } = openDpop(ALLOWED);
    for (const token_type of ['Bearer', 'DPoP']) {
      const refreshed = session.refresh();
      await arrive(1);
      expect(server.refresh.request.headers.has('DPoP')).toBe(true);
      server.refresh.succeed({ ...server.issueTokens(), token_type });
      await refreshed;
      get('/orders');
      await arrive(1);
      expect(server.call.request.headers.get('Authorization')).toMatch(new RegExp(`^${token_type} a`));
      server.call.succeed();
    }
  });

  it('is remembered over a reload', async () => {
    const [server, tab] = [new FakeServer(), new FakeOrigin().openTab()];
    const storage = localTokenStorage();
    const page = { ...ALLOWED, signedIn: false, server, storage, providers: [tab.provider] };
    const before = openDpop(page);
    before.session.signIn({ ...server.issueTokens(), token_type: 'Bearer' });
    before.get('/before');
    await before.arrive(1);
    await pass(before.clock, 100);
    before.leave();
    const after = openDpop(page);
    after.get('/after');
    await after.until(() => server.seen.length === 2);
    expect(server.call.request.headers.get('Authorization')).toBe('Bearer a0');
  });

  it('never stands in place of tokens in a message', () => {
    const { session } = openDpop({ signedIn: false });
    const secret = 'x'.repeat(500);
    const error = thrownBy(() => {
      session.signIn({ access_token: 'a9', token_type: secret });
    });
    expect(String(error)).not.toContain(secret);
  });
});
