import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { serveDemo } from '../../tools/serve-demo.ts';
import { type Configuration, docsBlocks } from '../servers/docs-block.ts';
import { bundlePages } from '../stage/bundle-pages.ts';
import { connectBrowser } from '../stage/shared-browser.ts';

/** One page of the tests against the built package, and the address of its server. */
export interface Site {
  /** Of the page. */
  readonly origin: string;
  /** Opens the page in a browser context of its own, when the server is known. */
  open(): Promise<Page>;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** Blocks of the documentation, which the script imports as `docs:<id>`. */
  readonly blocks?: readonly Configuration[];
  /** Further files of the site: text by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Serves the page of a script, which sets `window.page` when it is ready. */
export async function openSite(
  script: string,
  serverUrl: () => string,
  { blocks = [], files = {} }: SiteOptions = {},
): Promise<Site> {
  const folder = await bundlePages({ index: script }, [docsBlocks(blocks)]);
  await Promise.all(Object.entries(files).map(([path, text]) => writeFile(join(folder, path), text)));
  const served = await serveDemo({ port: 0, apiUrl: serverUrl, folder });
  const opened: Page[] = [];
  return {
    origin: served.url,
    open: async () => {
      const page = await (await (await connectBrowser()).newContext()).newPage();
      opened.push(page);
      await page.goto(served.url);
      await ready(page);
      return page;
    },
    close: async () => {
      await Promise.all(opened.map((page) => page.context().close()));
      await served.close();
    },
  };
}

/** Waits until the script of the page has run. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => 'page' in window);
}
