import { type AuthEvent, refreshCookie } from '../public-api';
import { FakeOrigin, type FakeTab } from '../spec/fake-origin';
import { FakeServer, TOKEN_ENDPOINT } from '../spec/fake-server';
import { setup, type SetupOptions } from '../spec/setup';

const SIGNED_OUT: AuthEvent = { type: 'signed-out', reason: 'other-tab', origin: 'other-tab' };
const OTHER_USER = { accessToken: 'b0', refreshToken: 's0', expiresIn: 3600 };

describe('tabs that share a cookie, with their tokens in memory', () => {
  it('are all signed out where one is, and show nothing of the session', async () => {
    const { origin, here, there } = sharingCookie();
    here.session.signOut();
    await here.clock.settle();
    expect([there.events, there.session.signedIn()]).toEqual([[SIGNED_OUT], false]);
    expect([...origin.local].join()).toMatch(/^ngx-bearer.signed-out,\d+$/);
  });

  it('are signed out when they wake, where they were asleep', () => {
    const { origin, here, there, tab } = sharingCookie();
    origin.isQuiet = true;
    here.session.signOut();
    expect(there.events).toEqual([]);
    tab.undergo('pageshow');
    expect(there.events).toEqual([SIGNED_OUT]);
  });

  it('are signed out when they wake, also where they have refreshed meanwhile', async () => {
    const { origin, here, there, tab, server } = sharingCookie();
    origin.isQuiet = true;
    here.session.signOut();
    const refreshed = there.session.refresh();
    await there.clock.settle();
    server.refresh.succeed({ access_token: 'a2' });
    await refreshed;
    tab.undergo('pageshow');
    expect(there.events).toEqual([{ type: 'refreshed', origin: 'this-tab' }, SIGNED_OUT]);
  });

  it('stay signed in where somebody signed out before they signed in', () => {
    const { origin, here, there, tab } = sharingCookie();
    origin.isQuiet = true;
    here.session.signOut();
    there.session.signIn(OTHER_USER);
    tab.undergo('pageshow');
    expect([there.events.at(-1), there.session.signedIn()]).toEqual([
      { type: 'signed-in', origin: 'this-tab' },
      true,
    ]);
  });

  it('stay signed in where one of them is refused', async () => {
    const { here, there, server } = sharingCookie();
    here.session.refresh().catch(() => undefined);
    await here.clock.settle();
    server.refresh.fail(401);
    await here.clock.settle();
    expect([here.session.signedIn(), there.session.signedIn()]).toEqual([false, true]);
  });

  it('stay signed in where localStorage is cleared', () => {
    const { origin, here, there } = sharingCookie();
    here.session.signOut();
    there.session.signIn(OTHER_USER);
    origin.clear(origin.openTab());
    expect(there.session.signedIn()).toBe(true);
  });
});

/** A page load, with nobody signed in by the set-up. */
function openIn({ provider }: FakeTab, options: SetupOptions) {
  return setup({ ...options, signedIn: false, providers: [provider] });
}

/** Two tabs, each with tokens of its own. */
function sharingCookie() {
  const origin = new FakeOrigin();
  const tab = origin.openTab();
  const server = new FakeServer();
  const options = { server, storage: 'memory', refresh: refreshCookie(TOKEN_ENDPOINT) } as const;
  const [here, there] = [openIn(origin.openTab(), options), openIn(tab, options)];
  here.session.signIn({ accessToken: 'a0' });
  there.session.signIn({ accessToken: 'a1' });
  here.events.length = 0;
  there.events.length = 0;
  return { origin, here, there, tab, server };
}
