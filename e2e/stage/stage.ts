import type { BrowserContextOptions, Page } from 'playwright-core';
import { createDemoApi } from '../../projects/demo-api/src/create-demo-api.ts';
import type { Settings } from '../../projects/demo-api/src/control/settings-board.ts';
import { serveDemo } from '../../tools/serve-demo.ts';
import { connectBrowser } from './shared-browser.ts';
import { DepotWatch } from './depot-watch.ts';
import { Witness } from './witness.ts';

/** What a journey needs before it can begin. */
export interface Plan {
  /** The page's query string, as its settings panel writes it. */
  readonly address?: Readonly<Record<string, string>>;
  /** Where the server's settings start. */
  readonly server?: Partial<Settings>;
  /** Failures, other than rejections, that the browser may put into its console. */
  readonly expects?: readonly NetworkLine[];
  readonly browser?: BrowserContextOptions;
}

/** A status, or a network error by the name that Chromium gives it. */
export type NetworkLine = number | `net::${string}`;

/** One browser context, one page, one server, none of which another journey has seen. */
export interface Stage {
  readonly page: Page;
  readonly depot: DepotWatch;
  readonly witness: Witness;
  /** The page's own origin. */
  readonly origin: string;
  close(): Promise<void>;
}

/** @param folder the page to serve instead of the demo */
export async function openStage({ server = {}, browser = {} }: Plan, folder?: string): Promise<Stage> {
  const api = { url: '' };
  const pages = await serveDemo({ port: 0, apiUrl: () => api.url, ...(folder ? { folder } : {}) });
  const depotApi = createDemoApi({ allowedOrigins: [pages.url], settings: server });
  api.url = await depotApi.listen();
  const context = await (
    await connectBrowser()
  ).newContext({ viewport: { width: 1280, height: 900 }, ...browser });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  return {
    page,
    depot: new DepotWatch(api.url),
    witness: new Witness(page),
    origin: pages.url,
    close: async () => {
      await context.close();
      await Promise.all([pages.close(), depotApi.close()]);
    },
  };
}

/** The console lines that a plan allows: the browser writes them by itself. */
export function allowedLines({ expects = [] }: Plan): RegExp[] {
  return [401, ...expects].map((line) =>
    typeof line === 'number'
      ? new RegExp(`^error: Failed to load resource: the server responded with a status of ${line} `)
      : new RegExp(`^error: Failed to load resource: ${line}`),
  );
}
