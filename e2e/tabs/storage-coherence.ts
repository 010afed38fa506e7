/** Prints how many updates of a counter six tabs lose, in each engine: `npm run storage-coherence`. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ENGINE_TITLES, EngineMissing } from '../../tools/engines.ts';
import { listen, LOOPBACK } from '../../tools/ports.ts';
import { ENGINE } from '../stage/engine.ts';
import { launchBrowser } from '../stage/launch.ts';

interface Lost {
  readonly way: string;
  readonly updates: number;
  readonly lost: number;
}

const TABS = 6;
const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'tabs.md');
const SNIPPET = /^```js\n(\(async \(\) => \{.*?)^```$/ms;

try {
  const lost = await measure(await readSnippet());
  for (const { way, updates, lost: count } of lost) {
    console.log(`${ENGINE_TITLES[ENGINE].padEnd(9)} ${way.padEnd(32)} ${count} of ${updates} lost`);
  }
} catch (error) {
  if (!(error instanceof EngineMissing)) throw error;
  console.log(`skipped: ${error.message}`);
}

async function measure(snippet: string): Promise<readonly Lost[]> {
  const pages = createServer((_, response) =>
    response.setHeader('Content-Type', 'text/html').end('<!doctype html>'),
  );
  await listen(pages, { variable: 'no variable', port: 0 });
  const { port } = pages.address() as AddressInfo;
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext();
    const tabs = await Promise.all(Array.from({ length: TABS }, () => context.newPage()));
    await Promise.all(tabs.map((tab) => tab.goto(`http://${LOOPBACK}:${port}/`)));
    const [lost = []] = await Promise.all(tabs.map((tab) => tab.evaluate<readonly Lost[]>(snippet)));
    return lost;
  } finally {
    await browser.close();
    pages.close();
    pages.closeAllConnections();
  }
}

/** The one that a reader can paste into the console of his own browser. */
async function readSnippet(): Promise<string> {
  const [, snippet] = SNIPPET.exec(await readFile(PAGE, 'utf8')) ?? [];
  if (snippet === undefined) throw new Error(`${PAGE} has no snippet.`);
  return snippet.trim().replace(/;$/, '');
}
