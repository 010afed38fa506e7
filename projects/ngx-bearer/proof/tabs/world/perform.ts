import type { Kind, Step } from '../program/step.ts';
import { answer, answerRefresh } from './answers.ts';
import type { Page, Refresh, Sending } from './facts.ts';
import { allGoAhead, clear, close, goAhead, killBrowser, putToSleep, tellNext, wake } from './pages.ts';
import { force, request } from './requests.ts';
import { pass } from './time.ts';
import type { World } from './world.ts';

type Action<K extends Kind> = (step: Extract<Step, { kind: K }>, world: World) => unknown;

const MOST_TABS = 3;
/** Nobody signs in or out twice within a millisecond. */
const A_MOMENT_MS = 1;

/** What each kind of step does. A step for which there is nothing to do does nothing. */
const ACTIONS: { readonly [K in Kind]: Action<K> } = {
  request: within((page, world) => void request(page, world)),
  'force a refresh': within((page, world) => {
    force(page, world);
  }),
  'sign in': async ({ tab, user }, world) => {
    await pass(A_MOMENT_MS, world);
    const page = pickFrom(world.running, tab);
    if (!page) return;
    await world.enter(page, () => {
      world.signIn(page, user);
    });
  },
  'sign out': async ({ tab }, world) => {
    await pass(A_MOMENT_MS, world);
    const page = pickFrom(world.running, tab);
    if (!page) return;
    await world.enter(page, () => {
      world.signOut(page);
    });
  },
  'come online': within((page, { clock }) => {
    page.relievedMs = clock.elapsedMs;
    page.window.dispatchEvent(new Event('online'));
  }),
  answer: async ({ pick, as }, world) => {
    const sending = pickFrom(openSendings(world), pick);
    if (sending) await answered(sending, as, world);
  },
  'answer all': async (_step, world) => {
    for (const sending of openSendings(world)) await answered(sending, 'truth', world);
  },
  'answer a refresh': async ({ pick, as }, world) => {
    const refresh = pickFrom(openRefreshes(world), pick);
    if (refresh) await dealtWith(refresh, as, world);
  },
  'expire all': (_step, { office }) => {
    office.expireAll();
  },
  'go ahead': ({ tab }, world) => goAheadIn(pickFrom(world.running, tab), world),
  'all go ahead': (_step, world) => allGoAhead(world, { tasks: true, news: false }),
  show: ({ tab }, world) => {
    pickFrom(world.running, tab)?.tab.view.see();
  },
  tell: async ({ tab }, world) => {
    const page = pickFrom(world.running, tab);
    if (page) await tellNext(page, world);
  },
  wait: ({ ms }, world) => pass(ms, world),
  close: ({ tab, how }, world) => {
    const page = pickFrom(world.pages, tab);
    if (page) close(page, how, world);
  },
  reload: async ({ tab }, world) => {
    const page = pickFrom(world.running, tab);
    if (page) await reload(page, world);
  },
  'put to sleep': ({ tab, how }, world) => {
    const page = pickFrom(world.running, tab);
    if (page) putToSleep(page, how, world);
  },
  wake: async ({ tab }, world) => {
    const page = pickFrom(
      world.pages.filter(({ state }) => state === 'asleep'),
      tab,
    );
    if (page) await wake(page, world);
  },
  open: (_step, world) => {
    if (world.pages.length < MOST_TABS) world.open();
  },
  duplicate: ({ tab }, world) => {
    const page = pickFrom(world.pages, tab);
    if (page && world.pages.length < MOST_TABS) world.open(page.tab);
  },
  'kill the browser': ({ lost }, world) => {
    killBrowser(lost, world);
  },
  clear: ({ what }, world) => clear(what, world),
  'set the clock': ({ byMs }, { clock, setting }) => {
    // A lease is a time by the clock of all tabs.
    if (setting.platform === 'locks') clock.wallMs += byMs;
  },
  'database fails': ({ tab, times }, world) => {
    const page = pickFrom(world.running, tab);
    // A lease that cannot be removed lasts until its time, and a copy of a tab that cannot be counted is not known.
    const { platform, storage } = world.setting;
    if (page && platform === 'locks' && storage === 'local') world.database.failFor(page, times);
  },
};

export async function perform(step: Step, world: World): Promise<void> {
  const act = ACTIONS[step.kind] as (step: Step, world: World) => unknown;
  await act(step, world);
  await world.settle();
}

export function openSendings({ sendings }: World): Sending[] {
  return sendings.filter(({ state }) => state === 'open');
}

/** Those that the server has yet to deal with, whoever still waits for them. */
export function openRefreshes({ refreshes }: World): Refresh[] {
  return refreshes.filter(({ isJudged }) => !isJudged);
}

export function answered(sending: Sending, as: Parameters<typeof answer>[1], world: World): Promise<void> {
  return affecting(sending.page, world, () => {
    if (sending.state === 'open') answer(sending, as, world);
  });
}

export async function dealtWith(
  refresh: Refresh,
  as: Parameters<typeof answerRefresh>[1],
  world: World,
): Promise<void> {
  await pass(A_MOMENT_MS, world);
  return affecting(refresh.page, world, () => {
    answerRefresh(refresh, as, world);
  });
}

/** Something happens outside, of which a page is told if it is awake. */
async function affecting(page: Page, world: World, action: () => void): Promise<void> {
  if (page.state === 'running') await world.enter(page, action);
  else action();
}

/** Something that an app does in one of the pages that are awake. */
function within(
  action: (page: Page, world: World) => void,
): (step: { readonly tab: number }, world: World) => Promise<void> {
  return async ({ tab }, world) => {
    const page = pickFrom(world.running, tab);
    if (!page) return;
    await world.enter(page, () => {
      action(page, world);
    });
  };
}

async function goAheadIn(page: Page | undefined, world: World): Promise<void> {
  if (page) await goAhead(page, world);
}

async function reload(page: Page, world: World): Promise<void> {
  close(page, 'left', world);
  await world.settle();
  world.load(page.tab);
}

function pickFrom<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % list.length];
}
