import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventually } from '../stage/eventually.ts';
import { expireAll, isRefresh, refreshesOf, statusesOf } from './exchanges.ts';
import type { FoundServer } from './find-servers.ts';
import { Observations } from './observations.ts';
import type { SignedIn } from './page/contract.ts';
import { assertRefused, assertUnavailable } from './outcomes.ts';
import { DEAD_TOKENS, type DeadToken } from './server.ts';
import { openStage, type Pages, type Stage } from './stage.ts';
import type { Tab } from './tab.ts';

/** A tab whose access token is expired at the server, and the tokens of its sign-in. */
interface Desk {
  readonly tab: Tab;
  readonly tokens: SignedIn;
}

interface Scene {
  readonly stage: Stage;
  readonly seen: Observations;
  /** Several scenarios, one after the other. */
  readonly main: Desk;
  readonly throttled: Desk;
  readonly restarted: Desk;
  readonly revoked: Desk;
  readonly deleted: Desk;
}

/** Who signs in in each tab; only bob is deleted. */
const USERS = ['alice', 'alice', 'alice', 'alice', 'bob'] as const;

/** Registers all scenarios of a server as tests; `report` gets the measurements at their end. */
export function describeServer(
  found: FoundServer,
  pages: () => Pages,
  report: (seen: Observations) => Promise<void>,
): void {
  const { server } = found;
  describe(server.name, () => {
    const scene = openedBefore(found, pages);

    it('takes the answer of the sign-in', async () => {
      const { main, seen } = scene();
      assert.equal(await main.tab.signedIn(), true);
      assert.deepEqual(
        seen.signIns,
        USERS.map((user) => `200 ${user}`),
      );
    });

    it('refreshes once for six parallel rejections and a late one', () => heal(scene()));

    it('exposes its headers to a page of another origin', () => readHeaders(scene()));

    it('keeps the session if the refresh is throttled', skippedIf(server.unavailable?.throttle), () =>
      throttle(scene()),
    );

    it('keeps the session if the server is killed and started again', () => restart(scene()));

    for (const dead of DEAD_TOKENS) {
      it(`ends the session once: ${SENTENCES[dead]}`, skippedIf(reasonAgainst(found, dead)), () =>
        refuse(scene(), dead),
      );
    }

    it('answers as docs/servers.md says', () => report(scene().seen));
  });
}

const SENTENCES: Readonly<Record<DeadToken, string>> = {
  spent: 'the refresh token is used a second time',
  revoked: 'the refresh token is revoked',
  garbage: 'the refresh token is garbage',
  deleted: 'the user is deleted',
  absent: 'there is no refresh token',
};

function skippedIf(reason: string | undefined): { skip: string | false } {
  return { skip: reason ?? false };
}

function reasonAgainst({ server: { unavailable = {} } }: FoundServer, dead: DeadToken): string | undefined {
  if (dead === 'revoked') return unavailable.revoke;
  return dead === 'deleted' ? unavailable['delete-user'] : unavailable[dead];
}

function openedBefore(found: FoundServer, pages: () => Pages): () => Scene {
  const opened: { stage: Stage | null; scene: Scene | null } = { stage: null, scene: null };
  before(async () => {
    opened.stage = await openStage(found, pages());
    opened.scene = await openScene(opened.stage);
  });
  after(() => opened.stage?.close());
  return () => {
    if (!opened.scene) throw new Error(`${found.server.name} did not start.`);
    return opened.scene;
  };
}

/** Everybody signs in at once, so that all tokens expire in one wait. */
async function openScene(stage: Stage): Promise<Scene> {
  const seen = new Observations(stage);
  const tabs = await Promise.all(USERS.map(() => stage.openTab()));
  const desks: Desk[] = [];
  // One after the other, so that the answers stay in order.
  for (const [index, tab] of tabs.entries()) {
    const user = USERS[index] ?? '';
    const tokens = await tab.signIn(user);
    const { status, body } = await tab.call();
    seen.signIns.push(`${status} ${body?.includes(user) ? user : 'somebody else'}`);
    desks.push({ tab, tokens });
  }
  seen.readSignIn(desks.map(({ tokens }) => tokens));
  await expireAll(
    stage,
    desks.map(({ tokens }) => tokens.accessToken),
  );
  await Promise.all(desks.map(({ tab }) => tab.newEvents()));
  const [main, throttled, restarted, revoked, deleted] = desks as [Desk, Desk, Desk, Desk, Desk];
  return { stage, seen, main, throttled, restarted, revoked, deleted };
}

async function heal({ stage, seen, main }: Scene): Promise<void> {
  const { wire } = stage;
  wire.forget();
  const late = wire.holdAnswer((_exchange, url) => url.includes('late'));
  const lateEnd = main.tab.call('late');
  await late.reached;
  const six = await main.tab.callSix();
  late.open();
  const ends = [...six, await lateEnd];
  assert.deepEqual(
    ends.map(({ status, body }) => `${status} ${body?.includes('alice') ? 'alice' : 'nobody'}`),
    Array<string>(7).fill('200 alice'),
  );
  assert.equal(refreshesOf(stage).length, 1);
  assert.deepEqual(statusesOf(stage, main.tab.mePath), { 200: 7, 401: 7 });
  assert.deepEqual(typesOf(await main.tab.newEvents()), ['refreshed']);
  seen.readExpired();
  seen.readRefresh();
}

async function readHeaders({ stage, seen, main }: Scene): Promise<void> {
  stage.wire.forget();
  const readable = await main.tab.readableHeaders(main.tokens.accessToken);
  seen.readHeaders(Object.keys(readable));
  const sent = Object.keys(stage.wire.exchanges[0]?.answer?.headers ?? {});
  assert.equal(sent.includes('www-authenticate'), 'www-authenticate' in readable);
}

async function throttle({ stage, seen, throttled: { tab } }: Scene): Promise<void> {
  stage.wire.forget();
  await stage.process.pull('throttle');
  assertUnavailable(await tab.callSix(), 429);
  assert.equal(refreshesOf(stage).length, 1);
  const [event, ...others] = await tab.newEvents();
  assert.deepEqual(others, []);
  seen.readThrottled(event?.type === 'refresh-unavailable' && event.retryAt - tab.now === 1000);
  assert.ok(event?.type === 'refresh-unavailable' && event.retryAt > tab.now);
  assert.equal(await tab.signedIn(), true);
}

async function restart({ stage, restarted: { tab } }: Scene): Promise<void> {
  const refresh = stage.wire.holdRequest((exchange) => isRefresh(stage, exchange));
  const six = tab.callSix();
  await refresh.reached;
  await stage.process.kill();
  refresh.open();
  assertUnavailable(await six, 0);
  assert.equal((await tab.call()).status, 0);
  await stage.process.start();
  await eventually(async () => (await tab.call()).status, 200);
  const types = typesOf(await tab.newEvents());
  assert.equal(types.includes('signed-out'), false);
  assert.equal(types.at(-1), 'refreshed');
}

async function refuse(scene: Scene, dead: DeadToken): Promise<void> {
  const { stage, seen } = scene;
  const { tab } = await prepareDead(scene, dead);
  await tab.newEvents();
  stage.wire.forget();
  assertRefused(await tab.callSix());
  assert.deepEqual(
    (await tab.newEvents()).map((event) => [event.type, 'reason' in event ? event.reason : null]),
    [['signed-out', 'refused']],
  );
  assert.equal(await tab.signedIn(), false);
  assert.equal(refreshesOf(stage).length <= 1, true);
  seen.readDead(dead);
}

/** The tab has an expired access token afterwards, and a refresh token that is dead in this way. */
async function prepareDead(scene: Scene, dead: DeadToken): Promise<Desk> {
  const { stage, main, revoked, deleted } = scene;
  if (dead === 'revoked') await stage.process.pull('revoke', { user: 'alice' });
  if (dead === 'revoked') return revoked;
  if (dead === 'deleted') await stage.process.pull('delete-user', { user: 'bob' });
  if (dead === 'deleted') return deleted;
  const { accessToken, refreshToken } = main.tokens;
  const tokens = {
    spent: refreshToken === null ? {} : { refreshToken },
    garbage: { refreshToken: 'garbage' },
    absent: {},
  }[dead];
  await main.tab.use({ accessToken, ...tokens });
  return main;
}

function typesOf(events: readonly { readonly type: string }[]): string[] {
  return events.map(({ type }) => type);
}
