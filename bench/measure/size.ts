import { brotliCompressSync, gzipSync } from 'node:zlib';
import { exportedNames, LIBRARY } from '../../tools/bundle.ts';
import { bundleImports } from '../samples/bundle.ts';
import { OURS } from './entrants.ts';
import { attempt, type Run } from './run.ts';

export interface Size {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** Of ours, everything there is: many tabs and all strategies. */
export const OURS_WHOLE = 'ngx-bearer, every export';

/** What the imports of each quickstart weigh, by entrant. */
export async function weighQuickstarts(run: Run): Promise<ReadonlyMap<string, Size>> {
  run.say('sizes');
  const sizes = new Map<string, Size>();
  for (const { id, about } of run.entrants) {
    const { quickstart } = about;
    const size = quickstart && (await attempt(run, `size of ${about.name}`, () => weigh(quickstart)));
    if (size) sizes.set(id, size);
    if (id !== OURS) continue;
    const names = await exportedNames(LIBRARY);
    sizes.set(OURS_WHOLE, await weigh(`export { ${names.join(', ')} } from 'ngx-bearer';`));
  }
  return sizes;
}

async function weigh(imports: string): Promise<Size> {
  const code = await bundleImports(imports);
  return {
    minified: Buffer.byteLength(code),
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  };
}
