import type { Sending } from '../../src/spec/sending';
import { readProof } from './spec/read-proof';
import { openDpop } from './spec/setup';

const INVALID = 'DPoP error="invalid_dpop_proof", error_description="iat is not recent enough"';

describe('the time of a proof', () => {
  it('follows the Date of the server after a proof was refused for its time', async () => {
    const { get, server, clock, arrive } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    refuse(server.call, Date.now() + 3_600_000);
    await arrive(1);
    server.call.succeed('fine');
    expect([caller.got, server.refreshes]).toEqual(['fine', []]);
    clock.advance(60_000);
    get('/next');
    await arrive(1);
    const [first = 0, second = 0, third = 0] = await timesOf(server.sendings);
    expect([second - first, third - first]).toEqual([3600, 3660]);
  });

  it('follows it back, too, at the token endpoint', async () => {
    const { session, server, arrive } = openDpop();
    const refreshed = session.refresh();
    await arrive(1);
    server.refresh.fail(400, {
      body: { error: 'invalid_dpop_proof' },
      headers: { Date: new Date(Date.now() - 120_000).toUTCString() },
    });
    await arrive(1);
    server.refresh.succeed(server.issueTokens());
    await refreshed;
    const [first = 0, second = 0] = await timesOf(server.sendings);
    expect(second - first).toBe(-120);
  });

  it('stays if the clocks agree: the proof was refused for something else, and no refresh helps', async () => {
    const { get, session, server, arrive } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    const refusal = refuse(server.call, Date.now() + 3000);
    expect([caller.failure === refusal, server.seen.length, session.signedIn()]).toEqual([true, 1, true]);
  });

  it('is tried once for each sending', async () => {
    const { get, server, arrive } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    refuse(server.call, Date.now() + 3_600_000);
    await arrive(1);
    const last = refuse(server.call, Date.now() + 7_200_000);
    expect([caller.failure === last, server.seen.length]).toEqual([true, 2]);
  });

  it('ignores the Date of answers that refuse no proof', async () => {
    const { get, server, arrive } = openDpop();
    get('/1');
    await arrive(1);
    server.call.succeed('fine', { headers: { Date: new Date(0).toUTCString() } });
    get('/2');
    await arrive(1);
    const [first, second] = await timesOf(server.sendings);
    expect(second).toBe(first);
  });

  it('cannot follow a Date that the page cannot read, and a warning says which headers to expose', async () => {
    const { get, server, arrive, printed } = openDpop();
    const caller = get('/orders');
    await arrive(1);
    server.call.reject(INVALID);
    expect(caller.got).toEqual({ status: 401, code: null });
    expect(printed.length).toBe(1);
    expect(printed[0]).toContain("cannot read 'Date'");
    expect(printed[0]).toContain('Access-Control-Expose-Headers: DPoP-Nonce, WWW-Authenticate, Date');
  });
});

function refuse(sending: Sending, timeMs: number) {
  return sending.fail(401, {
    headers: { 'WWW-Authenticate': INVALID, Date: new Date(timeMs).toUTCString() },
  });
}

async function timesOf(sendings: readonly Sending[]): Promise<number[]> {
  return (await Promise.all(sendings.map(readProof))).map(({ claims }) => claims.iat);
}
