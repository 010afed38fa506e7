/** Builds the site of the documentation into `dist/docs`. `DOCS_BASE` is the path it will be served under. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { browse } from './docs-browse.ts';
import { deadLinks } from './docs-built.ts';
import { isRelative, linksIn } from './docs-links.ts';
import { menuOf, pageForSite, placeOnSite } from './docs-pages.ts';
import { llmsText, readLlmsSources } from './llms.ts';

const ROOT = join(import.meta.dirname, '..');
const DOCS = join(ROOT, 'docs');
const PAGES = join(DOCS, '.vitepress', 'pages');
const SITE = join(ROOT, 'dist', 'docs');
const BASE = process.env['DOCS_BASE'] ?? '/';

await install();
await rm(PAGES, { recursive: true, force: true });
await run('api-reference.mjs', join(PAGES, 'api'));
const files = await Array.fromAsync(glob(['*.md', 'docs/*.{md,png}'], { cwd: ROOT }));
for (const file of files) await bring(file);
const places = (await Array.fromAsync(glob('**/*.md', { cwd: PAGES }))).sort();
const menu = menuOf(await readFile(join(DOCS, 'README.md'), 'utf8'), places);
await writeFile(join(PAGES, 'menu.json'), JSON.stringify(menu));
await run('node_modules/vitepress/bin/vitepress.js', 'build', '.');
await addTexts();
await check();

/** The site has packages of its own: an installation of the workspace goes without them. */
async function install(): Promise<void> {
  const [installed, wanted] = ['node_modules/.docs-lock.json', 'package-lock.json'].map((file) =>
    join(DOCS, file),
  );
  if (!installed || !wanted) return;
  const lock = await readFile(wanted, 'utf8');
  if (existsSync(installed) && (await readFile(installed, 'utf8')) === lock) return;
  await command('npm', 'ci', '--ignore-scripts');
  await writeFile(installed, lock);
}

async function bring(file: string): Promise<void> {
  const place = placeOnSite(file);
  if (!place) return;
  const target = join(PAGES, place);
  await mkdir(dirname(target), { recursive: true });
  if (!file.endsWith('.md')) return copyFile(join(ROOT, file), target);
  await writeFile(target, pageForSite(await readFile(join(ROOT, file), 'utf8'), file));
}

/** `llms.txt`, and beside each page its Markdown, which it links to. */
async function addTexts(): Promise<void> {
  for (const place of places) await cp(join(PAGES, place), join(SITE, place));
  const addressOf = (target: string) =>
    isRelative(target) ? placeOnSite(posix.join('docs', target)) : target;
  await writeFile(join(SITE, 'llms.txt'), llmsText(await readLlmsSources(ROOT), addressOf));
}

async function check(): Promise<void> {
  const pages = (await Array.fromAsync(glob('**/*.html', { cwd: SITE }))).sort();
  const listed = linksIn(await readFile(join(SITE, 'llms.txt'), 'utf8')).map(({ target }) => target);
  const missing = listed.filter((target) => isRelative(target) && !existsSync(join(SITE, target)));
  const dead = [
    ...(await deadLinks(SITE, BASE)),
    ...missing.map((target) => `llms.txt links to ${target}, which is not there`),
  ];
  // A server of its own serves it at the root alone.
  const problems = BASE === '/' ? await browse(SITE, pages) : [];
  for (const problem of [...dead, ...problems]) console.error(`✖ ${problem}`);
  console.log(
    `dist/docs: ${pages.length} pages, ${dead.length} dead links, ${problems.length} problems in Chromium`,
  );
  if (dead.length + problems.length > 0) process.exitCode = 1;
}

function run(...parameters: string[]): Promise<void> {
  return command(process.execPath, ...parameters);
}

function command(name: string, ...parameters: string[]): Promise<void> {
  const child = spawn(name, parameters, {
    cwd: DOCS,
    stdio: 'inherit',
    env: { ...process.env, DOCS_BASE: BASE },
    shell: process.platform === 'win32' && name === 'npm',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${[name, ...parameters].join(' ')} ended with exit code ${String(code)}.`));
    });
  });
}
