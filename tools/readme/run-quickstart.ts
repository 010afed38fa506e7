import { build } from 'esbuild';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createDemoApi } from '../../projects/demo-api/src/create-demo-api.ts';
import { findBrowser, launchOptions } from '../browser.ts';
import { LIBRARY, linkAngular } from '../bundle.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PRINTED_API = 'https://api.example.com';

/** The two blocks of the quickstart, as files: the configuration, and a class that uses it. */
export interface Quickstart {
  readonly config: string;
  readonly use: string;
}

/** Whom the server took the caller for, call by call, and what the server counted. */
export interface QuickstartRun {
  readonly names: readonly string[];
  readonly requests: number;
  readonly rejections: number;
  readonly refreshes: number;
}

/**
 * Runs the quickstart as an application in Chromium against the demo's API: signs in, calls once, has the server
 * expire the token, and calls six times at once. Of the code only the address of the API is not as printed.
 */
export async function runQuickstart(quickstart: Quickstart): Promise<QuickstartRun> {
  await using cleanUp = new AsyncDisposableStack();
  const api = createDemoApi();
  cleanUp.defer(() => api.close());
  const apiUrl = await api.listen();
  const browser = await chromium.launch(launchOptions(await findBrowser()));
  cleanUp.defer(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${apiUrl}/public/status`);
  await page.addScriptTag({ content: await bundlePage(quickstart, apiUrl) });
  const names = await page.evaluate<string[]>('quickstart');
  const counters = (await (await fetch(`${apiUrl}/control/counters`)).json()) as Omit<QuickstartRun, 'names'>;
  return { ...counters, names };
}

async function bundlePage({ config, use }: Quickstart, apiUrl: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: pageUsing(config, use), resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    alias: { 'ngx-bearer': LIBRARY },
    plugins: [linkAngular()],
  });
  return outputFiles.map(({ text }) => text.replaceAll(PRINTED_API, apiUrl)).join('');
}

function pageUsing(config: string, use: string): string {
  return `
import { HttpClient } from '@angular/common/http';
import { runInInjectionContext } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { firstValueFrom } from 'rxjs';
import { appConfig } from ${JSON.stringify(config)};
import { SignIn } from ${JSON.stringify(use)};

globalThis.quickstart = (async () => {
  const { injector } = await createApplication(appConfig);
  const page = runInInjectionContext(injector, () => new SignIn());
  await firstValueFrom(page.signIn({ username: 'clerk', password: 'clerk-pass' }));
  const http = injector.get(HttpClient);
  const whoAmI = async () => (await firstValueFrom(http.get('${PRINTED_API}/me'))).name;
  const before = await whoAmI();
  await fetch('${PRINTED_API}/control/expire', { method: 'POST' });
  return [before, ...(await Promise.all(Array.from({ length: 6 }, whoAmI)))];
})();`;
}
