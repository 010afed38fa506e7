import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { serveDemo } from '../../tools/serve-demo.ts';
import { bundlePages } from '../stage/bundle-pages.ts';
import { connectBrowser } from '../stage/shared-browser.ts';
import type { TabPlan } from './page/contract.ts';
import { openServer, type Protocol, type TokenServer } from './servers/token-server.ts';
import { type RemoteTab, tabOn } from './tab.ts';

/** Under what circumstances the tabs meet. */
export const CONDITIONS = ['quiet', 'busy', 'lockless'] as const;
export type Condition = (typeof CONDITIONS)[number];

export interface StagePlan extends Partial<Omit<TabPlan, 'protocol' | 'endpoint'>> {
  /** @default 'oidc' */
  readonly protocol?: Protocol;
  /** @default 'quiet' */
  readonly condition?: Condition;
  /** @default a new one in the shared browser */
  readonly context?: BrowserContext;
}

/** Tabs of one browser on one origin, and a server on another. */
export interface TabStage {
  readonly server: TokenServer;
  /** The tabs' own origin. */
  readonly origin: string;
  /** The address of the page, with what it is told. */
  readonly address: string;
  /** Opens one more tab. `prepare` gets its page before it loads. */
  readonly open: (prepare?: (page: Page) => Promise<unknown>) => Promise<RemoteTab>;
  /** Opens so many, and signs the clerk in. */
  openSignedIn(count: number): Promise<readonly [RemoteTab, ...RemoteTab[]]>;
  close(): Promise<void>;
}

const NOISY_TABS = 2;
const SCRIPTS = {
  index: join(import.meta.dirname, 'page', 'main.ts'),
  noise: join(import.meta.dirname, 'page', 'noise.ts'),
};
const built = { folder: null as Promise<string> | null };

export async function openTabStage(plan: StagePlan = {}): Promise<TabStage> {
  const { protocol = 'oidc', condition = 'quiet', context, ...words } = plan;
  const api = { url: '' };
  const folder = await (built.folder ??= bundlePages(SCRIPTS));
  const pages = await serveDemo({ port: 0, apiUrl: () => api.url, folder });
  const server = await openServer(protocol, pages.url);
  api.url = server.url;
  const desk = await openDesk(condition, context);
  if (condition === 'busy') await makeNoise(desk, pages.url);
  const address = addressOf(pages.url, { ...DEFAULTS, ...words, ...server.plan });
  const open: TabStage['open'] = async (prepare) => {
    const page = await desk.newPage();
    await prepare?.(page);
    return showTab(page, address);
  };
  return {
    server,
    origin: pages.url,
    address,
    open,
    openSignedIn: async (count) => {
      const more = Array.from({ length: count - 1 }, () => open());
      const [first, ...others] = await Promise.all([open(), ...more]);
      await signInEverywhere([first, ...others]);
      return [first, ...others];
    },
    close: async () => {
      await desk.close();
      await Promise.all([pages.close(), server.close()]);
    },
  };
}

/** Signs the first of them in, and waits until all know. */
export async function signInEverywhere(tabs: readonly RemoteTab[], username = 'clerk'): Promise<void> {
  await tabs[0]?.signIn(username);
  const token = await tabs[0]?.accessToken();
  await Promise.all(
    tabs.map(({ page }) =>
      page.waitForFunction(async (expected) => (await window.tab.accessToken()) === expected, token),
    ),
  );
}

/** Loads the page of a stage. */
export async function showTab(page: Page, address: string): Promise<RemoteTab> {
  await page.goto(address);
  return tabOn(page);
}

const DEFAULTS = { strategy: 'ours', storage: 'local', refreshTimeoutMs: 10_000 } as const;

function addressOf(origin: string, plan: TabPlan): string {
  const words = Object.entries(plan).map(([name, value]) => [name, String(value)]);
  return `${origin}/?${new URLSearchParams(words).toString()}`;
}

interface Desk {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

/** Pages are prepared one by one: a context that is not ours is left as it was. */
async function openDesk(condition: Condition, given?: BrowserContext): Promise<Desk> {
  const context = given ?? (await (await connectBrowser()).newContext());
  const pages: Page[] = [];
  return {
    newPage: async () => {
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      pages.push(page);
      if (condition === 'lockless') await page.addInitScript(hideLocks);
      return page;
    },
    close: async () => {
      if (given) await Promise.all(pages.map((page) => page.close()));
      else await context.close();
    },
  };
}

/** As on a page that is not secure. */
function hideLocks(): void {
  Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
}

async function makeNoise(desk: Desk, origin: string): Promise<void> {
  for (let count = 0; count < NOISY_TABS; count++) {
    const page = await desk.newPage();
    await page.goto(`${origin}/noise.html`);
  }
}
