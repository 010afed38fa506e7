import type { Kind, Step } from '../program/step.ts';
import { answer, answerRefresh } from './answers.ts';
import type { Ask, Refresh, Sending } from './facts.ts';
import { showCookie } from './page.ts';
import { cancel, cancelAll, changeBody, isWaiting, request } from './requests.ts';
import type { World } from './world.ts';

type Action<K extends Kind> = (step: Extract<Step, { kind: K }>, world: World) => void;

/** What each kind of step does. A step for which there is nothing to do does nothing. */
const ACTIONS: { readonly [K in Kind]: Action<K> } = {
  request: (step, world) => void request(step, world),
  answer: ({ pick, as }, world) => {
    const sending = pickFrom(openSendings(world), pick);
    if (sending) answer(sending, as, world);
  },
  'answer all': ({ order }, world) => {
    const sendings = openSendings(world);
    answerSendings(order === 'reversed' ? sendings.reverse() : sendings, world);
  },
  'answer the refresh': ({ as }, world) => {
    const refresh = openRefresh(world);
    if (refresh) answerRefresh(refresh, as, world);
  },
  'answer the next refresh at once': ({ as }, world) => {
    world.prompt = as;
  },
  'expire all': (_step, { office }) => {
    office.expireAll();
  },
  revoke: (_step, { office, identity }) => {
    if (identity.family) office.revoke(identity.family);
  },
  'sign in': ({ user }, world) => {
    if (!world.page.isDestroyed) world.signIn(user);
  },
  'sign out': (_step, world) => {
    if (!world.page.isDestroyed) world.signOut();
  },
  cancel: ({ pick }, world) => {
    const call = pickFrom(world.calls.filter(isWaiting), pick);
    if (call) cancel(call, world);
  },
  'cancel all': (_step, world) => {
    cancelAll(world);
  },
  wait: ({ ms }, { clock }) => {
    clock.advance(ms);
  },
  jump: ({ clock: which, ms }, { clock }) => {
    clock.latestWallMs = Math.max(clock.latestWallMs, clock.wallMs);
    if (which === 'wall') clock.wallMs += ms;
    else clock.skip(Math.abs(ms));
  },
  ask: (step, world) => {
    if (!world.page.isDestroyed) ask(step.for, world);
  },
  'store works': ({ manner }, world) => {
    world.setStore(manner);
  },
  'tell the store': (_step, { store }) => {
    store.tell();
  },
  'change the body': ({ pick }, { calls }) => {
    const call = pickFrom(calls.filter(isWaiting), pick);
    if (call) changeBody(call);
  },
  'change the XSRF cookie': (_step, world) => {
    world.xsrf = `x${world.nextSerial()}`;
    showCookie(world);
  },
  'change the nonce': (_step, world) => {
    world.nonces.current = `n${world.nextSerial()}`;
  },
  'come online': (_step, { page, clock }) => {
    if (page.isDestroyed) return;
    page.relievedMs = clock.elapsedMs;
    page.window.dispatchEvent(new Event('online'));
  },
  // What promises have to do is done between the steps.
  turn: () => undefined,
  reload: (_step, world) => {
    world.reload();
  },
  destroy: (_step, world) => {
    world.destroyPage();
  },
};

export function perform(step: Step, world: World): void {
  const act = ACTIONS[step.kind] as (step: Step, world: World) => void;
  act(step, world);
}

export function openSendings({ sendings }: World): Sending[] {
  return sendings.filter(({ state }) => state === 'open');
}

export function openRefresh({ refreshes }: World): Refresh | undefined {
  return refreshes.find(({ state }) => state === 'open');
}

/** Answers each by the truth, unless an earlier answer has cancelled it. */
export function answerSendings(sendings: readonly Sending[], world: World): void {
  for (const sending of sendings) if (sending.state === 'open') answer(sending, 'truth', world);
}

/** Asks `AuthSession` for a token or a refresh. */
function ask(what: Ask['for'], world: World): void {
  const { page, identity } = world;
  const made: Ask = {
    for: what,
    page,
    identity,
    askedIn: world.turn,
    settlements: 0,
    failure: null,
    token: null,
  };
  world.asks.push(made);
  if (what === 'token' && (!identity.family || identity.isUnread)) page.hasMissedToken = true;
  const settle = (end: Partial<Ask>): void => {
    Object.assign(made, end, { settlements: made.settlements + 1 });
    world.see('asked', made);
  };
  const promise = what === 'token' ? page.session.accessToken() : page.session.refresh();
  promise.then(
    (token) => {
      settle({ token: token ?? null });
    },
    (failure: unknown) => {
      settle({ failure });
    },
  );
}

function pickFrom<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % list.length];
}
