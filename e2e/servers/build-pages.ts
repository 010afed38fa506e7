import type { Plugin } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundlePages } from '../stage/bundle-pages.ts';
import { docsBlocks, type Configuration } from './docs-block.ts';

const MAIN = join(import.meta.dirname, 'page', 'main.ts');

/** Builds a page for each configuration against the built package, into a folder that ends with the process. */
export async function buildPages(configurations: readonly Configuration[]): Promise<string> {
  const scripts = Object.fromEntries(configurations.map(({ id }) => [id, `page:${id}`]));
  const folder = await bundlePages(scripts, [entries(configurations), docsBlocks(configurations)]);
  await writeFile(join(folder, 'index.html'), '');
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
