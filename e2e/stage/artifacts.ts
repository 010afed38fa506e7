import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Stage } from './stage.ts';

/** Where a journey that failed leaves what it saw. Not kept in the repository. */
export const ARTIFACTS = join(import.meta.dirname, '..', 'artifacts');

/** Writes the picture, the console, and what the server saw. Returns the folder. */
export async function keepArtifacts(title: string, { page, depot, witness }: Stage): Promise<string> {
  const folder = join(ARTIFACTS, title.replaceAll(/\W+/g, '-').slice(0, 100));
  await mkdir(folder, { recursive: true });
  const write = (name: string, content: unknown) =>
    writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  await Promise.allSettled([
    page.screenshot({ path: join(folder, 'page.png'), fullPage: true }),
    page.content().then((content) => write('page.html', content)),
    write('console.log', witness.transcript()),
    depot.counters().then((counters) => write('counters.json', counters)),
    depot.log().then((log) => write('server-log.json', log)),
  ]);
  return relative(process.cwd(), folder);
}
