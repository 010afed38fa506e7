import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../stage/eventually.ts';
import { connectBrowser, disconnectBrowser } from '../stage/shared-browser.ts';
import { Witness } from '../stage/witness.ts';
import type { Settings } from './app/settings.ts';
import { onSsrStage, type Rendered, type SsrStage, textOf } from './ssr-stage.ts';

after(disconnectBrowser);

declare global {
  interface Window {
    /** Every text that stood on the page, in order. */
    readonly shown: string[];
  }
}

/** What Angular says in development when it has taken over all that the server rendered. */
const HYDRATED =
  /^(log|debug|info): (Angular is running in development mode|Angular hydrated \d+ component\(s\) and \d+ node\(s\), 0 component\(s\) were skipped)/;
const REJECTED = /^error: Failed to load resource: the server responded with a status of 401 /;
const SAME = '200 user-1 v1';

describe('a page that the server rendered, in Chromium', () => {
  it('is taken over as the same user, without a refresh', () =>
    inBrowser({}, async ({ page, depot, goTo, shown }) => {
      const html = await goTo('/visitor');
      assert.equal(textOf(html, 'visitor'), 'Clerk');
      await eventually(() => depot.story(), { 'GET /me': [SAME, SAME] });
      await eventually(() => page.getByTestId('visitor').textContent(), 'Clerk');
      assert.deepEqual(failuresIn(await shown()), []);
    }));

  it('is taken over as it stands, where it carries what the API has answered', () =>
    inBrowser({ carriesAnswers: true }, async ({ page, depot, goTo, shown }) => {
      const html = await goTo('/visitor');
      assert.ok(html.html.includes('"name":"Clerk"'), 'the page does not carry the answer');
      assert.equal(await page.getByTestId('visitor').textContent(), 'Clerk');
      assert.deepEqual(new Set(await shown()), new Set(['Clerk']));
      assert.deepEqual(await depot.story(), { 'GET /me': [SAME] });
    }));

  it('is taken over by the user that only the browser knows, without a failure or a refresh', () =>
    inBrowser({ storage: 'local' }, async ({ page, depot, goTo, shown }) => {
      const html = await goTo('/visitor');
      assert.equal(textOf(html, 'session'), 'signed out');
      assert.equal(textOf(html, 'nobody'), 'Please sign in.');
      await eventually(() => page.getByTestId('visitor').textContent(), 'Clerk');
      assert.deepEqual(await depot.story(), { 'GET /me': [SAME] });
      assert.deepEqual(failuresIn(await shown()), []);
    }));

  it('is taken over by the user, where it was rendered with the application', () =>
    inBrowser({}, async ({ page, depot, goTo, sid }) => {
      assert.equal(textOf(await goTo('/'), 'session'), 'signed out');
      assert.equal(await page.getByTestId('session').textContent(), `signed in, session ${sid}`);
      assert.deepEqual(await depot.story(), {});
    }));

  it('hears of a sign-out in another tab, through the cookie', () =>
    inBrowser({}, async ({ page, goTo }) => {
      await goTo('/visitor');
      const other = await page.context().newPage();
      await other.goto(page.url());
      await page.getByTestId('sign-out').click();
      await other.getByTestId('session').filter({ hasText: 'signed out' }).waitFor();
      assert.equal(textOf(await goTo('/visitor'), 'session'), 'signed out');
    }));

  it('has a rejected token refreshed once, in the browser, and the next page rendered with the new one', () =>
    inBrowser({}, async ({ page, depot, goTo }) => {
      await depot.expireTokens();
      assert.notEqual(textOf(await goTo('/visitor'), 'failure'), null);
      await eventually(() => page.getByTestId('visitor').textContent(), 'Clerk');
      const refreshed = ['200 user-1 v1'];
      const rejectedTwice = ['401 user-1 v1', '401 user-1 v1', '200 user-1 v2'];
      assert.deepEqual(await depot.story(), { 'GET /me': rejectedTwice, 'POST /oauth/token': refreshed });
      await depot.forget();
      assert.equal(textOf(await goTo('/visitor'), 'visitor'), 'Clerk');
      await eventually(() => depot.story(), { 'GET /me': ['200 user-1 v2', '200 user-1 v2'] });
    }));
});

interface Visit {
  readonly page: Page;
  readonly depot: SsrStage['depot'];
  /** The session that was signed in before. */
  readonly sid: string;
  /** Opens a page, and waits until Angular has taken it over. Returns what the server has sent for it. */
  readonly goTo: (path: string) => Promise<Rendered>;
  /** All that the visitor's page has said since it was opened, in order. */
  readonly shown: () => Promise<readonly string[]>;
}

/** Signs the clerk in on the page that was rendered with the application, and walks. */
async function inBrowser(settings: Partial<Settings>, walk: (visit: Visit) => Promise<void>): Promise<void> {
  await onSsrStage({ build: 'development', settings }, async ({ url, depot }) => {
    const context = await (await connectBrowser()).newContext();
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      await page.addInitScript(recordTexts);
      const witness = new Witness(page);
      const goTo = async (path: string): Promise<Rendered> => {
        const rendered = await open(page, url + path);
        assert.ok(
          !(await witness.tokens()).some((token) => rendered.html.includes(token)),
          'a token is in the page',
        );
        return rendered;
      };
      await goTo('/');
      await page.getByTestId('sign-in').click();
      const session = page.getByTestId('session').filter({ hasText: 'signed in' });
      const sid = ((await session.textContent()) ?? '').replace('signed in, session ', '');
      await depot.forget();
      await walk({ page, depot, sid, goTo, shown: () => page.evaluate(() => window.shown) });
      witness.assertQuietConsole([HYDRATED, REJECTED]);
      await witness.assertNoTokenShown();
    } finally {
      await context.close();
    }
  });
}

async function open(page: Page, url: string): Promise<Rendered> {
  const hydrated = page.waitForEvent('console', (message) => message.text().startsWith('Angular hydrated'));
  const [answer] = await Promise.all([page.goto(url), hydrated]);
  return {
    status: answer?.status() ?? 0,
    html: (await answer?.text()) ?? '',
    headers: answer?.headers() ?? {},
  };
}

function failuresIn(texts: readonly string[]): string[] {
  return texts.filter((text) => text.includes('did not say'));
}

/** The page runs this as text, so that it must stand alone. */
function recordTexts(): void {
  const shown: string[] = [];
  Object.assign(window, { shown });
  new MutationObserver(() => {
    const text = document.querySelector('ssr-visitor-page')?.textContent.trim();
    if (text && text !== shown.at(-1)) shown.push(text);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
