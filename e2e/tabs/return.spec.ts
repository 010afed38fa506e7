import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { startOwnBrowser } from './own-browser.ts';
import { onTabs } from './on-tabs.ts';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import type { CallEnd } from './page/contract.ts';
import type { RemoteTab } from './tab.ts';

declare global {
  interface Window {
    /** Null until the page is shown again; undefined where it was loaded anew. */
    return: { readonly isPersisted: boolean; readonly called: Promise<CallEnd> } | null | undefined;
  }
}

// A page that is still at work is not kept for the way back, but loaded anew.
const UNTIL_QUIET_MS = 700;

const own = await startOwnBrowser();
const { context } = own;
after(async () => {
  await own.close();
  await disconnectBrowser();
});

describe('a page that comes back from the back/forward cache', () => {
  it(
    'calls as who has signed in meanwhile',
    onTabs({ tabs: 2, context }, async ({ server }, [away, here]) => {
      await setTimeout(UNTIL_QUIET_MS);
      await leave(away);
      await here?.signIn('manager');
      server.wire.log.forget();
      assert.deepEqual(await comeBackFromCache(away), { status: 200, username: 'manager', code: null });
      assert.deepEqual(server.wire.log.story, ['200 manager']);
    }),
  );

  it(
    'calls with no token when somebody has signed out meanwhile',
    onTabs({ tabs: 2, context }, async ({ server }, [away, here]) => {
      await setTimeout(UNTIL_QUIET_MS);
      await leave(away);
      await here?.signOut();
      server.wire.log.forget();
      assert.equal((await comeBackFromCache(away)).status, 401);
      assert.deepEqual(server.wire.log.story, ['401 nobody']);
      assert.equal(server.wire.log.refreshes.length, 0);
    }),
  );

  it(
    'calls with the tokens that another tab has got meanwhile',
    onTabs({ tabs: 2, context }, async ({ server }, [away, here]) => {
      await setTimeout(UNTIL_QUIET_MS);
      await leave(away);
      await server.expireAll();
      assert.equal((await here?.call())?.status, 200);
      server.wire.log.forget();
      assert.equal((await comeBackFromCache(away)).status, 200);
      assert.deepEqual(server.wire.log.story, ['200 clerk']);
      assert.equal(server.wire.log.refreshes.length, 0);
    }),
  );
});

describe('a page that is left in the moment of its sign-in, and comes back,', () => {
  it(
    'calls as who has signed in meanwhile',
    onTabs({ tabs: 2, context }, async ({ server }, [away, here]) => {
      await away.signIn('clerk');
      await leave(away);
      await here?.signIn('manager');
      server.wire.log.forget();
      assert.equal((await comeBack(away)).end.username, 'manager');
      assert.deepEqual(server.wire.log.story, ['200 manager']);
    }),
  );

  it(
    'leaves the others their session and their refreshes',
    onTabs({ tabs: 2, context }, async ({ server }, [away, here]) => {
      await away.signIn('clerk');
      await leave(away);
      await server.expireAll();
      const startedAt = performance.now();
      assert.equal((await here?.call())?.status, 200);
      assert.ok(performance.now() - startedAt < 2000, 'the page that was left holds the others up');
      await away.page.evaluate(() => history.back()).catch(() => undefined);
      await setTimeout(UNTIL_QUIET_MS);
      assert.equal((await here?.call())?.status, 200);
      assert.equal(await here?.signedIn(), true);
      assert.equal(server.wire.log.refreshes.length, 1);
    }),
  );
});

/** The page calls at the first moment an application could: while it is being shown again. */
async function leave({ page }: RemoteTab): Promise<void> {
  await page.evaluate(() => {
    window.return = null;
    addEventListener('pageshow', ({ persisted }) => {
      window.return = { isPersisted: persisted, called: window.tab.call() };
    });
  });
  await page.goto('about:blank');
}

/** From the cache, and calls in that moment; or loaded anew, and calls then. */
async function comeBack({ page }: RemoteTab): Promise<{ isPersisted: boolean; end: CallEnd }> {
  // Playwright waits for a load that a page from the cache does not have.
  await page.evaluate(() => history.back()).catch(() => undefined);
  await page.waitForFunction(() => 'tab' in window && window.return !== null);
  return page.evaluate(async () => ({
    isPersisted: window.return?.isPersisted ?? false,
    end: await (window.return?.called ?? window.tab.call()),
  }));
}

async function comeBackFromCache(tab: RemoteTab): Promise<CallEnd> {
  const { isPersisted, end } = await comeBack(tab);
  assert.equal(isPersisted, true, 'the page was loaded anew');
  return end;
}
