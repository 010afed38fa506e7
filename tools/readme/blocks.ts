/** A piece of TypeScript in a Markdown file. */
export interface Block {
  readonly file: string;
  /** The line of its first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
  /** What surrounds it, named by a comment above: `<!-- compiled in: component -->`. Null: it stands alone. */
  readonly context: string | null;
}

const OPENING = /^```ts\s*$/;
const CLOSING = /^```\s*$/;
const CONTEXT = /^<!-- compiled in: ([\w-]+) -->$/;

/** The ```` ```ts ```` blocks of a Markdown text, in order. */
export function blocksIn(markdown: string, file: string): Block[] {
  const lines = markdown.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    if (!OPENING.test(line)) return [];
    const length = lines.slice(index + 1).findIndex((later) => CLOSING.test(later));
    if (length === -1) throw new Error(`${file}:${index + 1} opens a block of code that nothing closes.`);
    const code = lines.slice(index + 1, index + 1 + length).join('\n');
    return [{ file, line: index + 2, code, context: contextAbove(lines.slice(0, index)) }];
  });
}

/** Whether it is to be run by a test runner. */
export function isSpec({ context }: Block): boolean {
  return context === 'spec' || context === 'lone-spec';
}

/** The page's blocks, with those in the context `spec` joined to one, where the first of them stands. */
export function joinSpec(blocks: readonly Block[]): Block[] {
  const parts = blocks.filter(({ context }) => context === 'spec');
  const [first] = parts;
  if (!first) return [...blocks];
  const spec = { ...first, code: parts.map(({ code }) => code).join('\n\n') };
  return blocks.flatMap((block) => (block === first ? [spec] : parts.includes(block) ? [] : [block]));
}

function contextAbove(before: readonly string[]): string | null {
  const nearest = before.findLast((line) => line.trim() !== '') ?? '';
  return CONTEXT.exec(nearest.trim())?.[1] ?? null;
}
