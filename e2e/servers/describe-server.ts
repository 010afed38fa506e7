import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { expire, refreshAhead, refuseAhead, restartAhead, throttleAhead } from './ahead-scenarios.ts';
import type { FoundServer } from './find-servers.ts';
import type { Observations } from './observations.ts';
import { heal, readHeaders, refuse, restart, throttle } from './scenarios.ts';
import { openScene, USERS, type Scene } from './scene.ts';
import { DEAD_TOKENS, type DeadToken, type ServerUnderTest } from './server.ts';
import { openStage, type Pages, type Stage } from './stage.ts';

// A request that never comes would hang the run.
const LIMIT = { timeout: 30_000 };

/** Registers all scenarios of a server as tests; `report` gets the measurements at their end. */
export function describeServer(
  found: FoundServer,
  pages: () => Pages,
  report: (seen: Observations, server: ServerUnderTest) => Promise<void>,
): void {
  const { server } = found;
  // Its levers and its restart affect all of its tabs.
  describe(server.name, { concurrency: 1 }, () => {
    const scene = openedBefore(found, pages);

    it('takes the answer of the sign-in', LIMIT, async () => {
      const { main, seen } = scene();
      assert.equal(await main.tab.signedIn(), true);
      assert.deepEqual(
        seen.signIns,
        USERS.map((user) => `200 ${user}`),
      );
    });

    describeRefresh(server, scene);

    for (const dead of DEAD_TOKENS) {
      it(`ends the session once: ${SENTENCES[dead]}`, skippedIf(reasonAgainst(found, dead)), () =>
        server.refreshesOnlyValidTokens ? refuseAhead(scene(), dead) : refuse(scene(), dead),
      );
    }

    it('answers as docs/servers.md says', () => report(scene().seen, server));
  });
}

function describeRefresh(
  { unavailable, refreshesOnlyValidTokens }: ServerUnderTest,
  scene: () => Scene,
): void {
  if (refreshesOnlyValidTokens) {
    it('refreshes once in the background, before the token expires', LIMIT, () => refreshAhead(scene()));
    it('ends the session once: the access token is expired', LIMIT, () => expire(scene()));
  } else {
    it('refreshes once for six parallel rejections and a late one', LIMIT, () => heal(scene()));
  }

  it('exposes its headers to a page of another origin', LIMIT, () => readHeaders(scene()));

  it('keeps the session if the refresh is throttled', skippedIf(unavailable?.throttle), () =>
    refreshesOnlyValidTokens ? throttleAhead(scene()) : throttle(scene()),
  );

  it('keeps the session if the server is killed and started again', LIMIT, () =>
    refreshesOnlyValidTokens ? restartAhead(scene()) : restart(scene()),
  );
}

const SENTENCES: Readonly<Record<DeadToken, string>> = {
  spent: 'the refresh token is used a second time',
  revoked: 'the refresh token is revoked',
  garbage: 'the refresh token is garbage',
  deleted: 'the user is deleted',
  absent: 'there is no refresh token',
};

function skippedIf(reason: string | undefined) {
  return { ...LIMIT, skip: reason ?? false };
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
