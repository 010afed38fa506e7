import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { API, CANARY, json, type RefreshAnswer } from './api.ts';
import type { HostileStage } from './hostile-stage.ts';
import type { GuestEnd } from './page/contract.ts';

/** How long a refresh may take on these pages. */
export const REFRESH_TIMEOUT_MS = 2000;

/** An origin that hands tokens out as well. */
export const ELSEWHERE = 'https://elsewhere.example';

interface Life {
  readonly stage: HostileStage;
  readonly frame: Frame;
}

const FAILS = { status: 0, code: 'refresh-unavailable' } as const;
const REJECTED = { status: 401, code: null } as const;
const never: RefreshAnswer = () => new Promise(() => {});

/** Every way for a session to go on or to end, each with tokens where they may come to light. */
export const lives: Readonly<Record<string, (life: Life) => Promise<unknown>>> = {
  'new tokens': refreshed(null, { status: 200, code: null }),
  'a refusal that quotes the token': refreshed(
    (spent) => json(400, { error: 'invalid_grant', error_description: `unknown: ${spent}` }),
    REJECTED,
  ),
  'a 401 that quotes the token': refreshed((spent) => json(401, { spent }), REJECTED),
  'an answer that quotes the token in body and header': refreshed(
    (spent) => ({ status: 503, headers: { 'X-Debug': `busy with ${spent}` }, body: `busy with ${spent}` }),
    { status: 503, code: 'refresh-unavailable' },
  ),
  'an answer with an unusable token': refreshed(
    () => json(200, { access_token: `${CANARY} access`, refresh_token: `${CANARY}\nrefresh` }),
    FAILS,
  ),
  'an answer with one token only': refreshed(() => json(200, { refresh_token: `${CANARY}-r` }), FAILS),
  'an answer that cannot be parsed': refreshed(
    () => ({ ...json(200, null), body: `{"access_token":"${CANARY}-access` }),
    FAILS,
  ),
  'a redirect to another origin': refreshed(
    () => ({ status: 307, headers: { Location: `${ELSEWHERE}/` } }),
    FAILS,
  ),
  'no answer': refreshed(() => null, FAILS),
  'an answer that is too late': refreshed(never, FAILS),
  'a sign-in that is refused': signInUnusable,
  'a sign-out while calls wait': signOutAmidst,
};

/** Three calls are rejected at once, and the session is asked for a token and for a refresh. */
function refreshed(answer: RefreshAnswer | null, expected: GuestEnd) {
  return async ({ stage, frame }: Life): Promise<void> => {
    const { api } = stage;
    await stage.signIn(frame);
    api.expire();
    api.refreshAnswer = answer;
    const ends = await frame.evaluate(
      (url) => Promise.all([1, 2, 3].map((page) => window.guest.send({ url: `${url}?page=${page}` }))),
      `${API}/v1/orders`,
    );
    await frame.evaluate(() => window.guest.forceRefresh());
    api.refreshAnswer = null;
    assert.deepEqual(ends, [expected, expected, expected]);
  };
}

async function signInUnusable({ frame }: Life): Promise<void> {
  const answers = [
    { access_token: `${CANARY} access` },
    { data: { access_token: `${CANARY}-access`, refresh_token: `${CANARY}-refresh` } },
    { access_token: { of: CANARY } },
    [CANARY],
    CANARY,
    { access_token: CANARY.repeat(10_000) },
  ];
  const code = (answer: unknown) => frame.evaluate((one) => window.guest.signIn(one), answer);
  const codes = await Promise.all(answers.map(code));
  assert.deepEqual(new Set(codes), new Set(['bad-token-response']));
}

async function signOutAmidst({ stage, frame }: Life): Promise<void> {
  const { api } = stage;
  await stage.signIn(frame);
  api.expire();
  const asked = new Promise<void>((resolve) => {
    api.refreshAnswer = (spent) => {
      resolve();
      return never(spent);
    };
  });
  const calls = frame.evaluate(
    (url) => Promise.all([window.guest.send({ url }), window.guest.send({ url: `${url}/7` })]),
    `${API}/v1/orders`,
  );
  await asked;
  await frame.evaluate(() => window.guest.signOut());
  api.refreshAnswer = null;
  const ends = await calls;
  assert.deepEqual(new Set(ends.map(({ status }) => status)), new Set([401]));
}
