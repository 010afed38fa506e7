import { build, type Plugin } from 'esbuild';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIBRARY, linkAngular } from '../../tools/bundle.ts';
import { docsBlocks, type Configuration } from './docs-block.ts';

const MAIN = join(import.meta.dirname, 'page', 'main.ts');

/** Builds a page for each configuration against the built package, into a folder that ends with the process. */
export async function buildPages(configurations: readonly Configuration[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ngx-bearer-servers-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: Object.fromEntries(configurations.map(({ id }) => [id, `page:${id}`])),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    alias: { 'ngx-bearer': LIBRARY },
    define: { ngDevMode: 'false', ngJitMode: 'false', ngServerMode: 'false' },
    plugins: [entries(configurations), docsBlocks(configurations), linkAngular()],
  });
  const pages = configurations.map(({ id }) => writeFile(join(folder, `${id}.html`), htmlWith(id)));
  await Promise.all([writeFile(join(folder, 'index.html'), ''), ...pages]);
  return folder;
}

/** The entry of each page: it opens the application with the block of the docs page. */
function entries(configurations: readonly Configuration[]): Plugin {
  return {
    name: 'page',
    setup(bundle) {
      bundle.onResolve({ filter: /^page:/ }, ({ path }) => ({ path, namespace: 'page' }));
      bundle.onLoad({ filter: /.*/, namespace: 'page' }, ({ path }) => {
        const { id, url } = configurations.find((one) => `page:${one.id}` === path) ?? { id: '', url: '' };
        const contents = `import { openApp } from ${JSON.stringify(MAIN)};
import * as block from 'docs:${id}';
await openApp(block, ${JSON.stringify(url)});`;
        return { contents, loader: 'ts' as const, resolveDir: import.meta.dirname };
      });
    },
  };
}

function htmlWith(script: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>An application</title>
    <link rel="icon" href="data:,">
    <script type="module" src="/${script}.js"></script>
  </head>
</html>
`;
}
