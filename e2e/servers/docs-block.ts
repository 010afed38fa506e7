import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { blocksIn, type Block } from '../../tools/readme/blocks.ts';
import { inContext } from '../../tools/readme/contexts.ts';
import type { ServerUnderTest } from './server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NAMESPACE = 'docs-block';
const PREFIX = 'docs:';
const CODE = /^```[^]*?^```$/gm;
const HEADING = /^(?<signs>#+) (?<text>.+)$/;
const EXAMPLE_ORIGIN = /https:\/\/(?:\w+\.)?example\.com/g;

interface Place {
  readonly file: string;
  readonly heading?: string | undefined;
}

/** The block that a docs page shows first, or under a heading: the configuration for a server. */
export async function configurationOf({
  page,
  heading,
}: Pick<ServerUnderTest, 'page' | 'heading'>): Promise<Block> {
  const file = `docs/${page}`;
  return blockUnder(await readFile(join(ROOT, file), 'utf8'), { file, heading });
}

/** The first block of a page, or of the section under a heading. */
export function blockUnder(text: string, { file, heading }: Place): Block {
  const { from, to } = sectionOf(proseIn(text), heading);
  const block = blocksIn(text, file).find(({ line }) => line > from && line <= to);
  if (!block) throw new Error(`${file} has no block of TypeScript${heading ? ` under "${heading}"` : ''}.`);
  return block;
}

/** The lines of a page; those of code are empty, since a comment there can look like a heading. */
function proseIn(text: string): string[] {
  return text.replace(CODE, (code) => code.replace(/.+/g, '')).split('\n');
}

/** The lines of a section, counted from 1, up to the next heading of its level or above. */
function sectionOf(lines: readonly string[], heading: string | undefined) {
  if (heading === undefined) return { from: 0, to: lines.length };
  const from = lines.findIndex((line) => HEADING.exec(line)?.groups?.['text'] === heading);
  if (from === -1) throw new Error(`There is no heading "${heading}".`);
  const level = levelOf(lines[from] ?? '');
  const end = lines.findIndex((line, index) => index > from && levelOf(line) <= level);
  return { from: from + 1, to: end === -1 ? lines.length : end };
}

function levelOf(line: string): number {
  return HEADING.exec(line)?.groups?.['signs']?.length ?? Infinity;
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
