import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createDemoApi } from '../../projects/demo-api/src/create-demo-api.ts';
import type { Settings as ApiSettings } from '../../projects/demo-api/src/control/settings-board.ts';
import { DepotWatch } from '../stage/depot-watch.ts';
import type * as application from './app/server.ts';
import type { Settings } from './app/settings.ts';
import type { Visitor } from './visitor.ts';
import { Wire } from './wire.ts';

/** How the application was built. */
export type Build = 'production' | 'development';

export interface SsrPlan {
  readonly api?: Partial<ApiSettings>;
  /** @default the session in a cookie, and no answers in the page */
  readonly settings?: Partial<Omit<Settings, 'apiUrl'>>;
  /** @default 'production' */
  readonly build?: Build;
  /** The hosts that the server answers for. @default its own */
  readonly allowedHosts?: readonly string[];
}

/** The application on its server, and the API that it calls. */
export interface SsrStage {
  readonly url: string;
  readonly depot: DepotWatch;
  readonly wire: Wire;
  close(): Promise<void>;
}

type Writable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/** A page as it came over the wire. */
export interface Rendered {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Opens the stage, walks, and clears it. */
export async function onSsrStage(plan: SsrPlan, walk: (stage: SsrStage) => Promise<void>): Promise<void> {
  const stage = await openSsrStage(plan);
  try {
    await walk(stage);
  } finally {
    await stage.close();
  }
}

async function openSsrStage(plan: SsrPlan): Promise<SsrStage> {
  const { build = 'production', allowedHosts = ['127.0.0.1'] } = plan;
  const { servePages } = await loadServer(build);
  const settings: Writable<Settings> = {
    apiUrl: '',
    storage: 'cookie',
    carriesAnswers: false,
    ...plan.settings,
  };
  const pages = await servePages(settings, allowedHosts);
  const api = createDemoApi({ allowedOrigins: [pages.url], settings: plan.api ?? {} });
  settings.apiUrl = await api.listen();
  const wire = new Wire();
  return {
    url: pages.url,
    depot: new DepotWatch(settings.apiUrl),
    wire,
    close: async () => {
      wire.close();
      await Promise.all([pages.close(), api.close()]);
    },
  };
}

/** Asks for a page on a connection of its own, with whatever headers. */
export function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Rendered> {
  return new Promise((resolve, reject) => {
    const call = request(url, { headers, agent: false }, (answer) => {
      const { statusCode = 0, headers: answered } = answer;
      text(answer).then((html) => resolve({ status: statusCode, html, headers: answered }), reject);
    });
    call.on('error', reject).end();
  });
}

/** Asks for the page that says who is there, as this visitor. */
export function visit({ url }: SsrStage, { cookie }: Pick<Visitor, 'cookie'>): Promise<Rendered> {
  return ask(`${url}/visitor`, { cookie });
}

/** The text of what has this `data-testid`; null where the page has none. */
export function textOf({ html }: Rendered, testId: string): string | null {
  return new RegExp(`data-testid="${testId}">([^<]*)<`).exec(html)?.[1] ?? null;
}

async function loadServer(build: Build): Promise<typeof application> {
  const folder = build === 'production' ? 'ssr' : `ssr-${build}`;
  const file = join(import.meta.dirname, '..', '..', 'dist', folder, 'server', 'server.mjs');
  if (!existsSync(file)) {
    throw new Error('The rendered application is not built. Run: npm run build && npm run build:ssr');
  }
  return (await import(file)) as typeof application;
}
