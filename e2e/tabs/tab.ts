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
  return remoteTab(page, 'tab');
}

/** Opens a second application in the window of a tab. */
export async function openSecond({ page }: RemoteTab): Promise<RemoteTab> {
  await page.evaluate(() => window.openSecond());
  return remoteTab(page, 'second');
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
function remoteTab(page: Page, name: 'tab' | 'second'): RemoteTab {
  return {
    page,
    signIn: (username) => page.evaluate(([at, user]) => window[at].signIn(user), [name, username] as const),
    signOut: () => page.evaluate((at) => window[at].signOut(), name),
    call: () => page.evaluate((at) => window[at].call(), name),
    signedIn: () => page.evaluate((at) => window[at].signedIn(), name),
    accessToken: () => page.evaluate((at) => window[at].accessToken(), name),
    events: () => page.evaluate((at) => window[at].events(), name),
    holdRefreshes: (isHeld) =>
      page.evaluate(([at, held]) => window[at].holdRefreshes(held), [name, isHeld] as const),
    heldRefreshes: () => page.evaluate((at) => window[at].heldRefreshes(), name),
  };
}
