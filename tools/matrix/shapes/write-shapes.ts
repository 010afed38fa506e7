import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Migrated } from '../../../projects/ngx-bearer/schematics/spec/migrate-shape.ts';
import type { Shape } from '../../../projects/ngx-bearer/schematics/spec/shapes.ts';

export interface MigratedShape extends Shape {
  readonly migrated: Migrated;
}

interface TsConfig {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}

/** Puts every shape into one workspace, each in a folder of its own; the page's fragment names the one that starts. */
export async function writeShapes(app: string, shapes: readonly MigratedShape[]): Promise<void> {
  for (const { name, migrated } of shapes) {
    for (const [path, text] of Object.entries(migrated.files).filter(([each]) => each.endsWith('.ts'))) {
      const target = join(app, folderOf(name), path.replace(/^src\//, ''));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  }
  const starts = shapes.map(({ name }) => `  '${name}': () => import('./shapes/${name}/main'),`);
  await writeFile(
    join(app, 'src', 'main.ts'),
    `const starts: Record<string, (() => Promise<unknown>) | undefined> = {\n${starts.join('\n')}\n};\nvoid starts[location.hash.slice(1)]?.();\n`,
  );
  await addPaths(join(app, 'tsconfig.json'), shapes);
}

async function addPaths(path: string, shapes: readonly Shape[]): Promise<void> {
  const text = (await readFile(path, 'utf8')).replace(/^\s*\/[/*].*$/gm, '');
  const config = JSON.parse(text) as TsConfig;
  const all = shapes.flatMap(({ name, paths }) =>
    Object.entries(paths).map(
      ([alias, places]) =>
        [alias, places.map((place) => place.replace('./src', `./${folderOf(name)}`))] as const,
    ),
  );
  const compilerOptions = { ...config.compilerOptions, paths: Object.fromEntries(all) };
  await writeFile(path, JSON.stringify({ ...config, compilerOptions }, null, 2));
}

function folderOf(name: string): string {
  return `src/shapes/${name}`;
}
