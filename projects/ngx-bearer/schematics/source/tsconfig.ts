import type { Tree } from '@angular-devkit/schematics';
import { posix } from 'node:path';
import ts from 'typescript';

type Paths = Record<string, string[]>;

interface Config {
  readonly extends?: string | readonly string[];
  readonly compilerOptions?: { readonly baseUrl?: string; readonly paths?: Paths };
}

const NAMES = ['tsconfig.app.json', 'tsconfig.json', 'tsconfig.base.json'];

/** The path aliases of the nearest tsconfig, as absolute paths. */
export function readPaths(tree: Tree, main: string): Paths {
  const path = above(posix.dirname(main))
    .flatMap((folder) => NAMES.map((name) => posix.join(folder, name)))
    .find((each) => tree.exists(each));
  return path === undefined ? {} : pathsOf(tree, path);
}

function above(folder: string): string[] {
  return folder === '/' ? ['/'] : [folder, ...above(posix.dirname(folder))];
}

function pathsOf(tree: Tree, path: string): Paths {
  if (!tree.exists(path)) return {};
  const { config } = ts.parseConfigFileTextToJson(path, tree.readText(path)) as { config?: Config };
  const folder = posix.dirname(path);
  const inherited = [config?.extends ?? []]
    .flat()
    .filter((each) => each.startsWith('.'))
    .map((each) => pathsOf(tree, posix.resolve(folder, each.endsWith('.json') ? each : `${each}.json`)));
  const { baseUrl, paths = {} } = config?.compilerOptions ?? {};
  const base = posix.resolve(folder, baseUrl ?? '.');
  const own = Object.entries(paths).map(
    ([alias, places]) => [alias, places.map((place) => posix.resolve(base, place))] as const,
  );
  const below = baseUrl === undefined ? {} : { '*': [posix.join(base, '*')] };
  return { ...below, ...Object.assign({}, ...inherited), ...Object.fromEntries(own) } as Paths;
}
