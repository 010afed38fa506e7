import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { EngineMissing, findEngine } from '../tools/engines.ts';
import { serveDemo } from '../tools/serve-demo.ts';
import { ARTIFACTS } from './stage/artifacts.ts';
import { ENGINE } from './stage/engine.ts';
import { shareBrowser } from './stage/shared-browser.ts';

// A journey waits more than it works, and each has its own server, page and cookies.
const LANES = 2;
// Every wait inside a spec ends sooner. A busy machine has taken a minute for the longest file.
const LONGEST_SPEC_MS = 300_000;
// The files that take longest start first, so that no lane is left with one of them at the end.
const LONGEST_FILES = /^tabs.(rounds|kill)/;

const { positionals } = parseArgs({ allowPositionals: true, options: { engine: { type: 'string' } } });

try {
  await travel(specFiles(positionals));
} catch (error) {
  if (error instanceof EngineMissing) console.log(`skipped: ${error.message}`);
  else {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

async function travel(files: string[]): Promise<void> {
  await findEngine(ENGINE);
  await rm(ARTIFACTS, { recursive: true, force: true });
  await assertBuilt();
  const browser = await shareBrowser();
  try {
    const journeys = run({ files, concurrency: LANES, timeout: LONGEST_SPEC_MS });
    journeys.on('test:fail', () => (process.exitCode = 1));
    await pipeline(journeys, new spec(), process.stdout, { end: false });
  } finally {
    await browser.close();
  }
}

/** One sentence that says what to build, where each journey would say it. */
async function assertBuilt(): Promise<void> {
  const demo = await serveDemo({ port: 0, apiUrl: () => '' });
  await demo.close();
}

/** All of them, or those with one of the words in their name: `npm run e2e -- refusal restore --engine firefox`. */
function specFiles(words: readonly string[]): string[] {
  const all = globSync('**/*.spec.ts', { cwd: import.meta.dirname }).sort();
  const chosen = all.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
  if (chosen.length === 0) {
    throw new Error(`No spec is called ${words.join(' or ')}. There are: ${all.join(', ')}`);
  }
  const longest = chosen.filter((name) => LONGEST_FILES.test(name));
  return [...new Set([...longest, ...chosen])].map((name) => join(import.meta.dirname, name));
}
