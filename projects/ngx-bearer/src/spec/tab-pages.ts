import { localTokenStorage } from '../public-api';
import type { FakeClock } from './fake-clock';
import { FakeOrigin, type FakeTab } from './fake-origin';
import { FakeServer } from './fake-server';
import { setup, type SetupOptions } from './setup';

export type TabPage = ReturnType<typeof openIn>;

/** A page load in a tab, with `localTokenStorage()`, and nobody signed in by the set-up. */
export function openIn(tab: FakeTab, options: SetupOptions = {}) {
  const { provider } = tab;
  const page = setup({ signedIn: false, storage: localTokenStorage(), ...options, providers: [provider] });
  const { session, server, clock } = page;
  /** Refreshes, and the server answers. */
  const refresh = async (): Promise<void> => {
    const forced = session.refresh();
    await pass(clock, 1000);
    server.answer(server.refresh);
    await pass(clock, 1000);
    await forced;
  };
  return { ...page, tab, refresh };
}

/** A page load in a new tab. */
export function open(origin: FakeOrigin, options: SetupOptions = {}): TabPage {
  return openIn(origin.openTab(), options);
}

/** One tab with `a0` and `r0`, all of it stored. */
export async function signedInTab({ has, ...options }: SetupOptions & { has?: FakeOrigin['has'] } = {}) {
  const origin = new FakeOrigin(has);
  const server = new FakeServer();
  const here = open(origin, { server, ...options });
  here.session.signIn(server.issueTokens());
  await pass(here.clock, 100);
  here.events.length = 0;
  return { origin, here, server };
}

/** Lets time pass in steps of 10 ms, in which promises go on. */
export async function pass(clock: FakeClock, durationMs: number): Promise<void> {
  await clock.settle();
  for (let leftMs = durationMs; leftMs > 0; leftMs -= 10) {
    clock.advance(Math.min(leftMs, 10));
    await clock.settle();
  }
}

/** The tokens in localStorage. */
export function mirrored({ local }: FakeOrigin, key = 'ngx-bearer'): unknown {
  const text = local.get(`${key}.session`);
  return text === undefined ? undefined : tokensOf(JSON.parse(text));
}

/** The tokens in the database. */
export function kept({ database }: FakeOrigin): unknown {
  return tokensOf(database.entries.get('session'));
}

function tokensOf(record: unknown): unknown {
  return (record as { readonly credential?: { readonly tokens: unknown } } | undefined)?.credential?.tokens;
}
