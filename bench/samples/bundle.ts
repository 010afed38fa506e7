import { getSupportedBrowsers, transformSupportedBrowsersToTargets } from '@angular/build/private';
import { build, type BuildOptions } from 'esbuild';
import { join } from 'node:path';
import { LIBRARY, linkAngular } from '../../tools/bundle.ts';

const BENCH = join(import.meta.dirname, '..');

const PRODUCTION: BuildOptions = {
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: transformSupportedBrowsersToTargets(getSupportedBrowsers(join(BENCH, '..'), console)),
  // `ng build` writes object spread out, because V8 is slow at it.
  supported: { 'object-rest-spread': false },
  pure: ['forwardRef'],
  alias: { 'ngx-bearer': LIBRARY },
  define: { ngDevMode: 'false', ngJitMode: 'false', ngServerMode: 'false', ngHmrMode: 'false' },
  legalComments: 'none',
  logLevel: 'error',
};

/** One adapter with all it needs, as `ng build` makes it for production, for Node and pages alike. */
export async function bundleAdapter(file: string, outfile: string): Promise<void> {
  const contents = `export { adapter } from './adapters/${file}.ts'; export { Server } from './world/server.ts';`;
  const stdin = { contents, resolveDir: BENCH, loader: 'ts' } as const;
  await build({ ...PRODUCTION, stdin, outfile, minifySyntax: true, plugins: [linkAngular()] });
}

/** What performs tasks in a page. */
export async function bundlePage(outfile: string): Promise<void> {
  await build({ ...PRODUCTION, entryPoints: [join(BENCH, 'samples', 'page.ts')], outfile });
}

/** What an application pays for these imports beside Angular and RxJS. */
export async function bundleImports(code: string): Promise<string> {
  const { outputFiles } = await build({
    ...PRODUCTION,
    stdin: { contents: code, resolveDir: BENCH, loader: 'ts' },
    write: false,
    minify: true,
    external: ['@angular/*', 'rxjs', 'rxjs/*', 'tslib'],
    plugins: [linkAngular()],
  });
  return outputFiles.map(({ text }) => text).join('');
}
