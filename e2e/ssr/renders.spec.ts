import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { ask, onSsrStage, type Rendered, type SsrStage, textOf, visit } from './ssr-stage.ts';
import { claimsOf, signIn, type Visitor } from './visitor.ts';

const RENDERS = 200;
/** Longer than it takes to begin them all. */
const LATENCY_MS = 3000;

describe('a page rendered for each request', () => {
  it(`is its own user's alone, ${RENDERS} of them at once`, (test) =>
    onSsrStage({ api: { latencyMs: LATENCY_MS } }, async (stage) => {
      const visitors = await manyVisitors(stage, RENDERS);
      stage.wire.forget();
      const pages = await Promise.all(visitors.map((visitor) => visit(stage, visitor)));

      const mixed = visitors.filter((visitor, index) => !isOwn(pages[index], visitor, visitors));
      const calls = stage.wire.to(stage.depot.address);
      const mispaired = calls.filter(({ url, authorization }) => askedFor(url) !== sidOf(authorization));
      const shown = tokensIn(pages, visitors);
      const { requests = 0, refreshes = 0 } = await stage.depot.counters();
      test.diagnostic(
        `renders: ${pages.length}, at once: ${stage.wire.busiest}, mixed: ${mixed.length}, ` +
          `calls with another's token: ${mispaired.length}, tokens in pages: ${shown.length}, refreshes: ${refreshes}`,
      );
      assert.deepEqual([mixed, mispaired, shown], [[], [], []]);
      assert.deepEqual(
        { calls: calls.length, requests, refreshes },
        { calls: RENDERS, requests: RENDERS, refreshes: 0 },
      );
      assert.ok(
        stage.wire.busiest > RENDERS / 4,
        `only ${stage.wire.busiest} renders were under way at once`,
      );
    }));

  it('is for nobody without a session, or with one that cannot be read', () =>
    onSsrStage({}, async (stage) => {
      for (const cookie of ['', 'session=', 'session=%7B%7D', 'session=%E0%A4%A', 'other=1']) {
        const page = await ask(`${stage.url}/visitor`, { cookie });
        assert.equal(textOf(page, 'session'), 'signed out');
        assert.equal(textOf(page, 'nobody'), 'Please sign in.');
      }
      assert.deepEqual(await stage.depot.counters(), {});
    }));

  it('may be kept by no cache', () =>
    onSsrStage({}, async (stage) => {
      const page = await visit(stage, await signIn(stage.depot.address, 'clerk'));
      assert.equal(page.headers['cache-control'], 'private, no-store');
    }));
});

describe('a token that is no longer good, on a server', () => {
  it('is refreshed by nobody when the API rejects it', () =>
    onSsrStage({}, async (stage) => {
      const visitor = await signIn(stage.depot.address, 'clerk');
      await stage.depot.expireTokens();
      await assertNotRefreshed(stage, visitor);
    }));

  it('is refreshed by nobody when it has expired', () =>
    onSsrStage({ api: { accessTokenLifeSeconds: 1 } }, async (stage) => {
      const visitor = await signIn(stage.depot.address, 'clerk');
      await setTimeout(1100);
      await assertNotRefreshed(stage, visitor);
    }));
});

describe('a page rendered when the application is built', () => {
  it('is for nobody, and the same for everybody', () =>
    onSsrStage({}, async (stage) => {
      const visitor = await signIn(stage.depot.address, 'clerk');
      stage.wire.forget();
      const [own, foreign] = [await ask(stage.url, { cookie: visitor.cookie }), await ask(stage.url)];
      assert.equal(textOf(own, 'session'), 'signed out');
      assert.equal(own.html, foreign.html);
      assert.deepEqual(tokensIn([own], [visitor]), []);
      assert.ok(!own.html.includes(visitor.sid));
      assert.deepEqual(stage.wire.sent, []);
    }));
});

/** The page says what the API said, the API was asked once, and the session is left to the browser. */
async function assertNotRefreshed(stage: SsrStage, visitor: Visitor): Promise<void> {
  const page = await visit(stage, visitor);
  assert.equal(page.status, 200);
  assert.equal(textOf(page, 'failure'), 'The API did not say who you are.');
  assert.equal(page.headers['set-cookie'], undefined);
  assert.deepEqual(tokensIn([page], [visitor]), []);
  assert.deepEqual(await stage.depot.story(), {
    'POST /login': ['200 user-1'],
    'GET /me': ['401 user-1 v1'],
  });
}

function manyVisitors({ depot }: SsrStage, count: number): Promise<Visitor[]> {
  const names = Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 'clerk' : 'manager'));
  return Promise.all(names.map((name) => signIn(depot.address, name)));
}

/** It shows this session and what the API said to it, and no other session. */
function isOwn(page: Rendered | undefined, visitor: Visitor, all: readonly Visitor[]): boolean {
  if (!page) return false;
  const others = all.filter(({ sid }) => sid !== visitor.sid && page.html.includes(sid));
  const isShown = textOf(page, 'session') === `signed in, session ${visitor.sid}`;
  return isShown && textOf(page, 'visitor') === visitor.name && others.length === 0;
}

/** The tokens that stand in a page or its headers, of whomever they are. */
function tokensIn(pages: readonly Rendered[], visitors: readonly Visitor[]): string[] {
  const everything = pages.map(({ html, headers }) => html + JSON.stringify(headers)).join('\n');
  return visitors.flatMap(({ tokens }) => tokens).filter((token) => everything.includes(token));
}

function askedFor(url: string): string | null {
  return new URL(url).searchParams.get('callId');
}

function sidOf(authorization: string | null): string | undefined {
  return authorization ? claimsOf(authorization.replace('Bearer ', ''))['sid'] : undefined;
}
