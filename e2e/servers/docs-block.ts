import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { blocksIn, type Block } from '../../tools/readme/blocks.ts';
import { inContext } from '../../tools/readme/contexts.ts';
import type { ServerUnderTest } from './server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NAMESPACE = 'docs-block';
const PREFIX = 'docs:';
const EXAMPLE_ORIGIN = /https:\/\/(?:\w+\.)?example\.com/g;

/** The configuration that a docs page shows for a server. */
export async function configurationOf({ page, heading }: ServerUnderTest): Promise<Block> {
  const file = `docs/${page}`;
  const text = await readFile(join(ROOT, file), 'utf8');
  const { from, to } = sectionOf(text.split('\n'), heading);
  const block = blocksIn(text, file).find(({ line }) => line > from && line <= to);
  if (!block) throw new Error(`${file} has no block of TypeScript${heading ? ` under "${heading}"` : ''}.`);
  return block;
}

/** The lines of a section, counted from 1. */
function sectionOf(lines: readonly string[], heading: string | undefined) {
  if (heading === undefined) return { from: 0, to: lines.length };
  const from = lines.findIndex((line) => line.replace(/^#+ /, '').replaceAll('`', '') === heading);
  if (from === -1) throw new Error(`No heading "${heading}".`);
  const level = /^#+/.exec(lines[from] ?? '')?.[0].length ?? 1;
  const length = lines.slice(from + 1).findIndex((line) => /^(#+) /.exec(line)?.[1] && headingLevel(line) <= level);
  return { from: from + 1, to: length === -1 ? lines.length : from + 1 + length };
}

function headingLevel(line: string): number {
  return /^#+(?= )/.exec(line)?.[0].length ?? 0;
}

/** A page that shows the configuration of a docs page, and the URL that replaces the example origins in it. */
export interface Configuration {
  readonly id: string;
  readonly block: Block;
  readonly url: string;
}

/** Resolves `docs:<id>` to the block of that configuration. */
export function docsBlocks(configurations: readonly Configuration[]): Plugin {
  return {
    name: NAMESPACE,
    setup(bundle) {
      bundle.onResolve({ filter: /^docs:/ }, ({ path }) => ({ path, namespace: NAMESPACE }));
      bundle.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => {
        const found = configurations.find(({ id }) => PREFIX + id === path);
        if (!found) throw new Error(`No configuration is called ${path}.`);
        const contents = inContext(found.block).replace(EXAMPLE_ORIGIN, found.url);
        return { contents, loader: 'ts' as const, resolveDir: ROOT };
      });
    },
  };
}
