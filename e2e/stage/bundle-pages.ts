import { build, type Plugin } from 'esbuild';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DPOP, LIBRARY, linkAngular } from '../../tools/bundle.ts';

/**
 * Bundles scripts against the built package, into a folder that is deleted when the process exits. The script `index`
 * runs in `/index.html`, and so on.
 */
export async function bundlePages(
  scripts: Readonly<Record<string, string>>,
  plugins: readonly Plugin[] = [],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ngx-bearer-pages-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: scripts,
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    alias: { 'ngx-bearer': LIBRARY, 'ngx-bearer/dpop': DPOP },
    define: { ngDevMode: 'false', ngJitMode: 'false', ngServerMode: 'false' },
    plugins: [...plugins, linkAngular()],
  });
  const names = Object.keys(scripts);
  await Promise.all(names.map((name) => writeFile(join(folder, `${name}.html`), htmlWith(name))));
  return folder;
}

function htmlWith(script: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>A page of the tests</title>
    <link rel="icon" href="data:,">
    <script type="module" src="/${script}.js"></script>
  </head>
</html>
`;
}
