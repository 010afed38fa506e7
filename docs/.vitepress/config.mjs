import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const PAGES = inRepository('docs/.vitepress/pages');

// Imported when it runs: bundled with this file, it would be read by the settings of an older compiler.
const { anchorOf } = await import(inRepository('tools/docs-links.ts'));

export default defineConfig({
  title: 'ngx-bearer',
  description: "Bearer tokens for Angular's HttpClient, refreshed once for all that wait.",
  lang: 'en',
  base: process.env.DOCS_BASE ?? '/',
  srcDir: PAGES,
  outDir: inRepository('dist/docs'),
  cacheDir: inRepository('docs/node_modules/.cache'),
  // Without one a browser asks for `/favicon.ico`.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: { anchor: { slugify: anchorOf } },
  vite: {
    build: { chunkSizeWarningLimit: 2000 },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Quickstart', link: '/quickstart' },
      { text: 'API', link: '/api/ngx-bearer/' },
    ],
    sidebar: JSON.parse(readFileSync(`${PAGES}/menu.json`, 'utf8')),
  },
});

function inRepository(path) {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
