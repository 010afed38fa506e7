import type { Page } from 'playwright-core';
import type { Occurrence, Tab } from './page/contract.ts';

/** What a test does with one tab. Each method runs in the page. */
export type RemoteTab = {
  readonly [Name in keyof Tab]: (
    ...parameters: Parameters<Tab[Name]>
  ) => Promise<Awaited<ReturnType<Tab[Name]>>>;
} & { readonly page: Page };

/** The tab of a page, when it has started. */
export async function tabOn(page: Page): Promise<RemoteTab> {
  await untilStarted(page);
  return remoteTab(page);
}

export async function reload({ page }: RemoteTab): Promise<void> {
  await page.reload();
  await untilStarted(page);
}

/** Events in words: `['signed-in other-tab', 'signed-out other-tab (other-tab)']`. */
export function inWords(events: readonly Occurrence[]): string[] {
  return events.map((event) => {
    const reason = 'reason' in event ? ` (${event.reason})` : '';
    return `${event.type} ${event.origin}${reason}`;
  });
}

async function untilStarted(page: Page): Promise<void> {
  await page.waitForFunction(() => 'tab' in window);
}

// The page runs these functions as text, so that each must stand alone.
function remoteTab(page: Page): RemoteTab {
  return {
    page,
    signIn: (username) => page.evaluate((name) => window.tab.signIn(name), username),
    signOut: () => page.evaluate(() => window.tab.signOut()),
    call: () => page.evaluate(() => window.tab.call()),
    signedIn: () => page.evaluate(() => window.tab.signedIn()),
    accessToken: () => page.evaluate(() => window.tab.accessToken()),
    events: () => page.evaluate(() => window.tab.events()),
    holdRefreshes: (isHeld) => page.evaluate((held) => window.tab.holdRefreshes(held), isHeld),
    heldRefreshes: () => page.evaluate(() => window.tab.heldRefreshes()),
  };
}
