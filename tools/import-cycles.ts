import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Each file, and those that it imports; both by their path. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** The relative imports of all TypeScript files below a folder, those of types included. */
export async function readImports(folder: string): Promise<Imports> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const { importedFiles } = ts.preProcessFile(await readFile(join(folder, file), 'utf8'));
        const relative = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
        const paths = relative.map((name) => `${join(dirname(file), name).replace(/\.ts$/, '')}.ts`);
        return [file, paths] as const;
      }),
    ),
  );
}

/**
 * The files that import each other, directly or through others: a group for each cycle, sorted. Cycles that share a file
 * are one group.
 */
export function findCycles(imports: Imports): string[][] {
  const reached = new Map([...imports.keys()].map((file) => [file, reach(file, imports)]));
  const groups = [...reached]
    .filter(([file, files]) => files.has(file))
    .map(([file, files]) => [...files].filter((other) => reached.get(other)?.has(file)).sort());
  return groups.filter(([first], index) => groups.findIndex(([earlier]) => earlier === first) === index);
}

/** The files that a file imports, directly or through others. */
function reach(file: string, imports: Imports): Set<string> {
  const found = new Set<string>();
  const open = [...(imports.get(file) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(imports.get(next) ?? []));
  }
  return found;
}
