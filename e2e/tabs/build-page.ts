import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIBRARY, linkAngular } from '../../tools/bundle.ts';

/** Builds the page of `page/` against the built package, into a folder that goes with the process. */
export async function buildPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ngx-bearer-tabs-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: ['main', 'noise'].map((name) => join(import.meta.dirname, 'page', `${name}.ts`)),
    outdir: folder,
    bundle: true,
    format: 'esm',
    minify: true,
    alias: { 'ngx-bearer': LIBRARY },
    define: { ngDevMode: 'false', ngJitMode: 'false', ngServerMode: 'false' },
    plugins: [linkAngular()],
  });
  await writeFile(join(folder, 'index.html'), htmlWith('main'));
  await writeFile(join(folder, 'noise.html'), htmlWith('noise'));
  return folder;
}

function htmlWith(script: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>A tab</title>
    <link rel="icon" href="data:,">
    <script type="module" src="/${script}.js"></script>
  </head>
</html>
`;
}
