import type { Page } from 'playwright-core';
import { serveDemo } from '../../tools/serve-demo.ts';
import { bundlePages } from '../stage/bundle-pages.ts';
import { connectBrowser } from '../stage/shared-browser.ts';

/** One page of the tests against the built package, and the address of its server. */
export interface Site {
  /** Of the page. */
  readonly origin: string;
  /** Opens the page in a browser context of its own, when the server is known. */
  open(query?: string): Promise<Page>;
  close(): Promise<void>;
}

/** Serves the page of a script, which sets `window.page` when it is ready. */
export async function openSite(script: string, serverUrl: () => string): Promise<Site> {
  const served = await serveDemo({
    port: 0,
    apiUrl: serverUrl,
    folder: await bundlePages({ index: script }),
  });
  const opened: Page[] = [];
  return {
    origin: served.url,
    open: async (query = '') => {
      const page = await (await (await connectBrowser()).newContext()).newPage();
      opened.push(page);
      await page.goto(`${served.url}/${query}`);
      await page.waitForFunction(() => 'page' in window);
      return page;
    },
    close: async () => {
      await Promise.all(opened.map((page) => page.context().close()));
      await served.close();
    },
  };
}
