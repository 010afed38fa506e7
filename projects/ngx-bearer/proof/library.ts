// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import type * as library from 'ngx-bearer';
import { build } from 'esbuild';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The exports of the library, and what its own specs use to let warnings appear again. */
export type Library = typeof library & { readonly forgetWarnings: () => void };

const ENTRY = `export * from './public-api';
export { forgetWarnings } from './hints/warn-once';`;

/** The library's own source. */
export const SOURCE = join(import.meta.dirname, '..', 'src');

const CACHE = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'ngx-bearer-proof');

/** Bundles a source tree of the library and loads it beside Angular and RxJS as installed. */
export async function loadLibrary(source = SOURCE): Promise<Library> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'library-'));
  const file = join(folder, 'ngx-bearer.mjs');
  try {
    await build({
      stdin: { contents: ENTRY, resolveDir: source, loader: 'ts' },
      outfile: file,
      bundle: true,
      format: 'esm',
      target: 'es2022',
      external: ['@angular/*', 'rxjs', 'tslib'],
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: true } },
      logLevel: 'error',
    });
    return (await import(pathToFileURL(file).href)) as Library;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
