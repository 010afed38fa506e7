import { build } from 'esbuild';
import { join } from 'node:path';
import { LIBRARY, linkAngular } from '../../tools/bundle.ts';

/** How the page was built: only in development does the library explain and warn. */
export const MODES = ['production', 'development'] as const;
export type Mode = (typeof MODES)[number];

const IN_PRODUCTION = { ngDevMode: 'false' };

/** Builds the page of `page/` against the built package, as one script. */
export async function buildPage(mode: Mode): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page', 'main.ts')],
    bundle: true,
    write: false,
    // A module would not be loaded into a sandboxed frame, whose origin is nobody's.
    format: 'iife',
    minify: mode === 'production',
    alias: { 'ngx-bearer': LIBRARY },
    define: { ngJitMode: 'false', ngServerMode: 'false', ...(mode === 'production' && IN_PRODUCTION) },
    plugins: [linkAngular()],
  });
  return outputFiles.map(({ text }) => text).join('');
}
