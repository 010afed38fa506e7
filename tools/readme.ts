import { isDeepStrictEqual } from 'node:util';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blocksIn, isSpec, joinSpec } from './readme/blocks.ts';
import { compileBlocks, writeBlocks } from './readme/compile-blocks.ts';
import { runSpecs } from './readme/run-specs.ts';
import { runQuickstart, type Quickstart, type QuickstartRun } from './readme/run-quickstart.ts';

const ROOT = join(import.meta.dirname, '..');
const HEALED: QuickstartRun = {
  names: Array<string>(7).fill('Clerk'),
  requests: 13,
  rejections: 6,
  refreshes: 1,
};

const guides = await Array.fromAsync(glob('docs/*.md', { cwd: ROOT }));
const pages = ['README.md', ...guides.sort()];
const texts = await Promise.all(
  pages.map(async (file) => joinSpec(blocksIn(await readFile(join(ROOT, file), 'utf8'), file))),
);
const blocks = texts.flat();
const modules = await writeBlocks(blocks);
try {
  const problems = compileBlocks(blocks, modules);
  console.log(`${blocks.length} blocks of TypeScript in ${pages.join(', ')}: ${problems.length} problems`);
  problems.forEach(fail);
  if (problems.length === 0) await checkSpecs();
  const [config, use] = modules.files;
  if (config && use && texts[0] && texts[0].length > 1) await checkQuickstart({ config, use });
  else fail('README.md has to open with the quickstart: two blocks, the configuration and its use.');
} finally {
  await modules.remove();
}

async function checkQuickstart(quickstart: Quickstart): Promise<void> {
  const { names, requests, rejections, refreshes } = await runQuickstart(quickstart);
  console.log(
    `The quickstart in Chromium: ${names.length} calls answered as ${[...new Set(names)].join()}, ` +
      `${requests} requests, ${rejections} rejections, refreshes: ${refreshes}`,
  );
  if (!isDeepStrictEqual({ names, requests, rejections, refreshes }, HEALED)) {
    fail(`The quickstart does not heal its calls. Expected ${JSON.stringify(HEALED)}.`);
  }
}

async function checkSpecs(): Promise<void> {
  const specs = blocks.filter(isSpec);
  const { passed, failures } = await runSpecs(specs);
  const guides = new Set(specs.map(({ file }) => file));
  console.log(`The specs in ${[...guides].join(', ')}: ${passed} passed`);
  if (specs.length > 0 && passed === 0) fail('There is no spec in them.');
  failures.forEach(fail);
}

function fail(reason: string): void {
  console.error(`✖ ${reason}`);
  process.exitCode = 1;
}
