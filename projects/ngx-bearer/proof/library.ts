// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import type * as library from 'ngx-bearer';
import type { dpop } from 'ngx-bearer/dpop';
import { build } from 'esbuild';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FAKE_DPOP } from './world/fake-proofs.ts';

/** The exports of the library, and what its own specs use to let warnings appear again. */
export type Library = typeof library & {
  readonly dpop: typeof dpop;
  readonly forgetWarnings: () => void;
};

const ENTRY = `export * from './public-api';
export { dpop } from 'ngx-bearer/dpop';
export { forgetWarnings } from './hints/warn-once';`;

/** The library's own source. */
export const SOURCE = join(import.meta.dirname, '..', 'src');

/** From a source tree, the entry point for DPoP beside it. */
export const DPOP = join('..', 'dpop', 'src');

const CACHE = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'ngx-bearer-proof');

/** Bundles a source tree of the library and loads it beside Angular and RxJS as installed. */
export async function loadLibrary(source = SOURCE): Promise<Library> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'library-'));
  const file = join(folder, 'ngx-bearer.mjs');
  const fakeDpop = join(folder, 'dpop.mjs');
  try {
    await writeFile(fakeDpop, FAKE_DPOP);
    await build({
      stdin: { contents: ENTRY, resolveDir: source, loader: 'ts' },
      outfile: file,
      bundle: true,
      format: 'esm',
      target: 'es2022',
      alias: {
        'ngx-bearer': join(source, 'public-api.ts'),
        'ngx-bearer/dpop': join(source, DPOP, 'public-api.ts'),
        dpop: fakeDpop,
      },
      external: ['@angular/*', 'rxjs', 'tslib'],
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: true } },
      logLevel: 'error',
    });
    return (await import(pathToFileURL(file).href)) as Library;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
