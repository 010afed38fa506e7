import { HttpEventType, HttpHeaderResponse } from '@angular/common/http';
import { Caller } from '../../src/spec/caller';
import { API, TOKEN_ENDPOINT } from '../../src/spec/fake-server';
import type { Sending } from '../../src/spec/sending';
import { readProof } from './spec/read-proof';
import { openDpop } from './spec/setup';

const ASKS = 'DPoP error="use_dpop_nonce"';

describe('a nonce that an API asks for', () => {
  it('goes into one more sending, which is neither a rejection nor a refresh', async () => {
    const { get, session, server, arrive } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    askByApi(server.call, 'n1');
    await arrive(1);
    server.call.succeed('fine');
    expect([caller.got, server.seen]).toEqual(['fine', ['GET /orders DPoP a0', 'GET /orders DPoP a0']]);
    expect(session.refreshing()).toBe(false);
    expect(await noncesOf(server.sendings)).toEqual([undefined, 'n1']);
    const [first, second] = await Promise.all(server.sendings.map(readProof));
    expect(first?.claims.jti === second?.claims.jti).toBe(false);
  });

  it('does not count as the replay', async () => {
    const { get, server, arrive } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    askByApi(server.call, 'n1');
    await arrive(1);
    server.call.reject();
    await arrive(1);
    server.refresh.succeed(server.issueTokens(), { headers: { 'DPoP-Nonce': 'n2' } });
    await arrive(1);
    askByApi(server.call, 'n3');
    await arrive(1);
    server.call.succeed('fine');
    expect(caller.got).toBe('fine');
    expect(server.seen).toEqual([
      'GET /orders DPoP a0',
      'GET /orders DPoP a0',
      'refresh r0',
      'GET /orders DPoP a1',
      'GET /orders DPoP a1',
    ]);
    expect(await noncesOf(server.sendings)).toEqual([undefined, 'n1', 'n1', 'n2', 'n3']);
  });

  it('is tried once: who asks again gets no third sending', async () => {
    const { get, session, server, arrive } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    askByApi(server.call, 'n1');
    await arrive(1);
    const last = askByApi(server.call, 'n2');
    expect([caller.failure === last, session.signedIn(), server.seen.length]).toEqual([true, true, 2]);
  });

  it('is taken from any answer, and kept for each origin', async () => {
    const other = 'https://other.example.com';
    const { http, get, server, arrive } = openDpop({ allow: [API, other] });
    get('/1');
    await arrive(1);
    server.call.succeed('fine', { headers: { 'DPoP-Nonce': 'n1' } });
    get('/2');
    await arrive(1);
    server.call.fail(404, { headers: { 'DPoP-Nonce': 'n2' } });
    http.get(`${other}/3`).subscribe();
    get('/4');
    await arrive(2);
    expect(await noncesOf(server.sendings)).toEqual([undefined, 'n1', undefined, 'n2']);
  });

  it('is used if the page can read nothing else of a 401', async () => {
    const { get, server, arrive } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    server.call.fail(401, { headers: { 'DPoP-Nonce': 'n1' } });
    await arrive(1);
    server.call.succeed('fine');
    expect([caller.got, server.refreshes]).toEqual(['fine', []]);
  });

  it('discards what came of the first answer, but for Sent', async () => {
    const { http, server, arrive } = openDpop();
    const caller = new Caller(http.get(`${API}/file`, { observe: 'events', reportDownloadProgress: true }));
    await arrive(1);
    server.call.tell(new HttpHeaderResponse({ status: 401, url: `${API}/file` }));
    server.call.tell({ type: HttpEventType.DownloadProgress, loaded: 1 });
    askByApi(server.call, 'n1');
    await arrive(1);
    server.call.succeed('fine');
    const { Sent, Response } = HttpEventType;
    expect(caller.values.map(({ type }) => type)).toEqual([Sent, Sent, Response]);
  });

  it('sends nothing if the user signs out meanwhile: the caller gets its own 401', async () => {
    const { get, session, server, arrive, until } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    const asked = askByApi(server.call, 'n1');
    void session.signOut();
    await until(() => caller.failures.length > 0);
    expect([caller.failure === asked, server.seen.length]).toEqual([true, 1]);
  });

  it('sends nothing if the caller leaves meanwhile', async () => {
    const { get, server, arrive, rest } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    askByApi(server.call, 'n1');
    caller.cancel();
    await rest();
    expect(server.seen.length).toBe(1);
  });

  it('that cannot be read ends in its own 401, and a warning says which headers to expose', async () => {
    const { get, server, arrive, printed } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    server.call.reject(ASKS);
    expect([caller.got, server.seen.length]).toEqual([{ status: 401, code: null }, 1]);
    expect(printed).toEqual([
      "warn: ngx-bearer: the page cannot read 'DPoP-Nonce' in an answer of https://api.example.com/orders that refused a DPoP " +
        'proof or its token. Let the server send Access-Control-Expose-Headers: DPoP-Nonce, WWW-Authenticate, Date. This ' +
        'warning appears once, and only in development.',
    ]);
  });
});

describe('a nonce that a token endpoint asks for', () => {
  it('goes into one more sending of the same refresh', async () => {
    const { session, server, arrive } = openDpop();
    const refreshed = session.refresh();
    await arrive(1);
    askByTokenEndpoint(server.refresh, 'n1');
    await arrive(1);
    server.refresh.succeed(server.issueTokens());
    await refreshed;
    expect(server.seen).toEqual(['refresh r0', 'refresh r0']);
    expect(await noncesOf(server.sendings)).toEqual([undefined, 'n1']);
    expect((await readProof(server.refresh)).claims.htu).toBe(TOKEN_ENDPOINT);
  });

  it('is tried once: then the refresh is unavailable, and the session stays', async () => {
    const { session, server, arrive } = openDpop();
    const refreshed = session.refresh().catch((error: unknown) => String(error));
    await arrive(1);
    askByTokenEndpoint(server.refresh, 'n1');
    await arrive(1);
    askByTokenEndpoint(server.refresh, 'n2');
    expect(await refreshed).toContain('refresh-unavailable');
    expect([server.seen.length, session.signedIn()]).toEqual([2, true]);
  });

  it('sends nothing after a sign-out', async () => {
    const { session, server, arrive, rest } = openDpop();
    void session.refresh().catch(() => undefined);
    await arrive(1);
    askByTokenEndpoint(server.refresh, 'n1');
    void session.signOut();
    await rest();
    expect(server.seen).toEqual(['refresh r0']);
  });
});

function askByApi(sending: Sending, nonce: string) {
  return sending.fail(401, { headers: { 'WWW-Authenticate': ASKS, 'DPoP-Nonce': nonce } });
}

function askByTokenEndpoint(sending: Sending, nonce: string) {
  return sending.fail(400, { body: { error: 'use_dpop_nonce' }, headers: { 'DPoP-Nonce': nonce } });
}

async function noncesOf(sendings: readonly Sending[]): Promise<(string | undefined)[]> {
  return (await Promise.all(sendings.map(readProof))).map(({ claims }) => claims.nonce);
}
