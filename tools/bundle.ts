// Not a public entry point: it is what `ng build` itself does to a library's code, which the figures have to show.
import {
  getSupportedBrowsers,
  JavaScriptTransformer,
  transformSupportedBrowsersToTargets,
} from '@angular/build/private';
import { build, type Plugin } from 'esbuild';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

const CODE = join(ROOT, 'dist', 'ngx-bearer', 'fesm2022');

/** The built library's code, as `ng build` would find it through its package. */
export const LIBRARY = join(CODE, 'ngx-bearer.mjs');

/** The code of `ngx-bearer/dpop`. */
export const DPOP = join(CODE, 'ngx-bearer-dpop.mjs');

const ABSENT_IN_PRODUCTION = {
  ngDevMode: 'false',
  ngJitMode: 'false',
  ngServerMode: 'false',
  ngHmrMode: 'false',
};

/** The names a module exports for apps; what begins with ɵ is between the entry points of the package. */
export async function exportedNames(file: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [file],
    format: 'esm',
    metafile: true,
    write: false,
  });
  return Object.values(metafile.outputs)
    .flatMap((output) => output.exports)
    .filter((name) => !name.startsWith('ɵ'));
}

/** What an application pays for these imports in a production build: linked, shaken and minified. */
export async function bundleForProduction(names: readonly string[], file = LIBRARY): Promise<string> {
  return bundleEntryPoints({ [file]: names });
}

/** The same for several entry points of the library, by their files. */
export async function bundleEntryPoints(
  imports: Readonly<Record<string, readonly string[]>>,
): Promise<string> {
  const lines = Object.entries(imports).map(
    ([file, names]) => `import { ${names.join()} } from ${JSON.stringify(file)};`,
  );
  const { outputFiles } = await build({
    stdin: {
      contents: `${lines.join('\n')}\nglobalThis.used = [${Object.values(imports).flat().join()}];`,
      resolveDir: ROOT,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: transformSupportedBrowsersToTargets(getSupportedBrowsers(ROOT, console)),
    // `ng build` writes object spread out, because V8 is slow at it.
    supported: { 'object-rest-spread': false },
    legalComments: 'none',
    external: ['@angular/*', 'rxjs', 'rxjs/*', 'tslib', 'dpop'],
    alias: { 'ngx-bearer': LIBRARY },
    define: ABSENT_IN_PRODUCTION,
    pure: ['forwardRef'],
    plugins: [linkAngular()],
  });
  return outputFiles.map(({ text }) => text).join('');
}

/** The part of `ng build` that turns a library, as published, into what runs. */
export function linkAngular(): Plugin {
  return {
    name: 'link-angular',
    setup(bundle) {
      const transformer = new JavaScriptTransformer({
        sourcemap: false,
        advancedOptimizations: true,
        jit: false,
      });
      bundle.onLoad({ filter: /\.mjs$/ }, async ({ path }) => {
        // The package says `"sideEffects": false`.
        const linked = await transformer.transformFile(path, { sideEffects: () => Promise.resolve(false) });
        return { contents: linked, loader: 'js' };
      });
      bundle.onEnd(() => transformer.close());
    },
  };
}
