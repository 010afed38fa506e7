import type { Outcome, Shape } from './shapes.ts';
import { type Files, run } from './workspace.ts';

/** What `migrate --write` makes of a shape. */
export interface Migrated {
  readonly outcome: Outcome;
  readonly said: string;
  readonly files: Files;
  /** The files that are no longer what they were, with their new text. */
  readonly changed: ReadonlyMap<string, string>;
}

export async function migrateShape({ files, options }: Pick<Shape, 'files' | 'options'>): Promise<Migrated> {
  const { said, tree, read } = await run('migrate', { write: true, ...options }, files);
  const paths = tree.files
    .map((path) => path.slice(1))
    .filter((path) => path.startsWith('src/') || path in files);
  const after = Object.fromEntries(paths.map((path) => [path, read(path)]));
  return {
    outcome: outcomeOf(said),
    said,
    files: after,
    changed: new Map(Object.entries(after).filter(([path, text]) => files[path] !== text)),
  };
}

function outcomeOf(said: string): Outcome {
  if (/^Written: /m.test(said)) return 'written';
  if (said.includes('is not needed here')) return 'not needed';
  return /a gate: it refreshes|refreshes on a 401/.test(said) ? 'printed' : 'none';
}
