import { API, REFRESH_URL, type Sent } from '../world/server.ts';
import { issueToken, userIn } from '../world/tokens.ts';
import { type Lane, nextTurn, openLane } from './lane.ts';
import { type Call, hasFailed, isOk, Play, tell } from './play.ts';

export interface Behaviour {
  readonly scenario: string;
  readonly did: string;
  /** `unasked`: the callers got their own 401 from what never said it would heal one. */
  readonly verdict: 'right' | 'wrong' | 'unasked' | 'unplayed';
}

type Scenario = (play: Play) => Promise<{ readonly did: string; readonly isRight: boolean }>;

const toRefresh = ({ url }: Sent) => url === REFRESH_URL;
const notToRefresh = (sent: Sent) => !toRefresh(sent);

/** Each tells what was done, and whether that is right. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'six parallel 401s': async (play) => {
    play.server.expire();
    const calls = play.sendMany(6);
    await play.settle();
    return { did: tell(play, calls), isRight: play.refreshes === 1 && calls.every(isOk) };
  },
  'a 401 that comes late': async (play) => {
    play.server.expire();
    const calls = [play.send(`${API}/late`), play.send()];
    await play.settle(({ url }) => !url.endsWith('/late'));
    await play.settle();
    return { did: tell(play, calls), isRight: play.refreshes === 1 && calls.every(isOk) };
  },
  'a 401 for every token': async (play) => {
    play.server.script = () => ({ status: 401 });
    const calls = [play.send()];
    await play.settle();
    const sendings = play.server.sendings - play.refreshes;
    const isRight = !play.loops && play.refreshes === 1 && sendings <= 2 && calls[0]?.status === 401;
    return { did: tell(play, calls), isRight };
  },
  'the refresh is refused': async (play) => {
    play.server.expire();
    play.server.onRefresh = 'refuse';
    const calls = play.sendMany(6);
    await play.settle();
    const isRight = play.refreshes === 1 && calls.every(hasFailed);
    return withNextSession(play, calls, isRight);
  },
  'the first caller leaves': async (play) => {
    play.server.expire();
    const [leader, ...others] = play.sendMany(3);
    await play.settle(notToRefresh);
    leader?.leave();
    await play.settle();
    play.server.expire();
    const later = play.send();
    await play.settle();
    const calls = [...others, later];
    return { did: tell(play, calls), isRight: play.refreshes === 2 && calls.every(isOk) };
  },
  'a refresh that answers at once': async (play) => {
    play.server.expire();
    play.server.answersRefreshAtOnce = true;
    const calls = [play.send()];
    await play.settle();
    return { did: tell(play, calls), isRight: play.refreshes === 1 && calls.every(isOk) };
  },
  'a refresh without a body': async (play) => {
    play.server.expire();
    play.server.onRefresh = 'empty';
    const calls = play.sendMany(3);
    await play.settle();
    return withNextSession(play, calls, play.refreshes === 1 && calls.every(hasFailed));
  },
  'a host that looks alike': async (play) => {
    play.send('https://api.example.com.evil.example/item');
    await play.settle();
    const isSent = play.server.last?.authorization != null;
    return { did: isSent ? 'sent it the token' : 'sent no token', isRight: !isSent };
  },
  'two apps in one process': async (play) => {
    const bobs = play.server.issue('bob');
    // Some refresh when they start.
    play.server.waits = false;
    const other = await openLane(play.lane, { server: play.server, token: bobs });
    play.server.waits = true;
    play.countFromHere();
    play.server.expire('ann');
    play.server.expire('bob');
    const seen: Sent[] = [];
    play.server.script = (sent) => {
      seen.push(sent);
      return null;
    };
    const calls = [play.send(`${API}/ann`)];
    const bob: Call = { status: null, leave: () => undefined };
    other.client.send(`${API}/bob`, (status) => (bob.status = status));
    calls.push(bob);
    await play.settle();
    other.client.close();
    const isMixed = seen.some(({ url, authorization }) => !url.endsWith(userIn(authorization) ?? ''));
    const did = isMixed ? "sent with the other's token" : tell(play, calls);
    return { did, isRight: !isMixed && play.refreshes === 2 && calls.every(isOk) };
  },
  'the replay fails with 500': async (play) => {
    play.server.expire();
    const calls = [play.send()];
    await play.settle(notToRefresh);
    play.server.script = () => ({ status: 500 });
    await play.settle();
    play.server.script = null;
    const later = play.send();
    await play.settle();
    const isRight = calls[0]?.status === 500 && later.status === 200 && play.refreshes === 1;
    return { did: tell(play, [...calls, later]), isRight };
  },
  'another user signs in meanwhile': async (play) => {
    play.server.expire();
    const call = play.send();
    await play.settle(notToRefresh);
    play.client.signIn(play.server.issue('bob'));
    await nextTurn();
    await play.settle();
    const isReplayed = userIn(play.server.last?.authorization ?? null) === 'bob' && call.status === 200;
    const later = play.send();
    await play.settle();
    const user = userIn(play.server.last?.authorization ?? null);
    if (isReplayed) return { did: "replayed with the other's token", isRight: false };
    if (user !== 'bob') return { did: 'signed the other out again', isRight: false };
    return { did: tell(play, [call, later]), isRight: call.status !== 200 && later.status === 200 };
  },
  'a token that has run out': async (play) => {
    play.server.expire();
    play.client.signIn(issueToken('ann', 0, 'spent'));
    const calls = play.sendMany(6);
    await play.settle();
    return { did: tell(play, calls), isRight: play.refreshes === 1 && calls.every(isOk) };
  },
};

async function withNextSession(play: Play, calls: readonly Call[], isRight: boolean) {
  const did = tell(play, calls);
  const works = play.loops || (await play.nextSessionWorks());
  return { did: works ? did : `${did}; the next session too`, isRight: isRight && works };
}

/** Runs one scenario in an application of its own. */
export async function behave(lane: Lane, scenario: string): Promise<Behaviour> {
  const missing = lane.adapter.about.unplayed?.[scenario];
  if (missing) return { scenario, did: missing, verdict: 'unplayed' };
  const play = await Play.begin(lane);
  const run = SCENARIOS[scenario];
  if (!run) throw new Error(`There is no scenario "${scenario}".`);
  const { did, isRight } = await run(play);
  play.client.close();
  const heals = lane.adapter.about.can.includes('heal');
  const gotTheirOwn = /^0 refreshes: \d got (401|500)(, 1 ok)?$/.test(did);
  const verdict = isRight ? 'right' : !heals && gotTheirOwn ? 'unasked' : 'wrong';
  return { scenario, did, verdict };
}
