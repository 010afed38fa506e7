import { chromium, type Browser, type Page } from 'playwright-core';
import { findBrowser, launchOptions } from './browser.ts';
import { serveDemo } from './serve-demo.ts';

const SOUGHT = { words: 'refreshTimeout', found: 'AuthConfig' };
const WIDTHS = [1280, 390];

/** What is wrong with the built site in Chromium: errors, pages that are wider than a phone, a search that finds nothing. */
export async function browse(folder: string, paths: readonly string[]): Promise<string[]> {
  await using cleanUp = new AsyncDisposableStack();
  const site = await serveDemo({ port: 0, apiUrl: () => '', folder });
  cleanUp.defer(() => site.close());
  const browser = await chromium.launch(launchOptions(await findBrowser()));
  cleanUp.defer(() => browser.close());
  const problems: string[] = [];
  for (const width of WIDTHS) problems.push(...(await lookAt(browser, width, { url: site.url, paths })));
  return [...problems, ...(await search(browser, site.url))];
}

async function lookAt(
  browser: Browser,
  width: number,
  { url, paths }: { url: string; paths: readonly string[] },
): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const problems = listen(page);
  for (const path of paths) {
    await page.goto(`${url}/${path}`);
    await page.waitForFunction("document.querySelector('#app').__vue_app__ !== undefined");
    const widest = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (widest > width) problems.push(`${path} is ${widest} px wide on a screen of ${width} px`);
  }
  await page.close();
  return problems;
}

async function search(browser: Browser, url: string): Promise<string[]> {
  const page = await browser.newPage();
  const problems = listen(page);
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.locator('.DocSearch-Button').click();
  await page.locator('.search-input').fill(SOUGHT.words);
  const first = page.locator('.VPLocalSearchBox .result').filter({ hasText: SOUGHT.found }).first();
  await first.waitFor({ timeout: 5000 }).catch(() => {
    problems.push(`The search for ${SOUGHT.words} does not find ${SOUGHT.found}`);
  });
  await page.close();
  return problems;
}

/** What the page complains of, added to as it does. */
function listen(page: Page): string[] {
  const problems: string[] = [];
  const tell = (text: string) => problems.push(`${page.url()}: ${text}`);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) tell(message.text());
  });
  page.on('pageerror', (error) => tell(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) tell(`${response.status()} for ${response.url()}`);
  });
  return problems;
}
