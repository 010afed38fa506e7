import type { Tree } from '@angular-devkit/schematics';
import { getMainFilePath } from '@schematics/angular/utility/standalone/util';
import { posix } from 'node:path';
import ts from 'typescript';
import { readSource } from './edits';
import { sourcePaths } from './find-app';
import { readPaths } from './tsconfig';
import { findAll } from './walk';

/** The code of one application, with the symbols that its names stand for. */
export interface Project {
  readonly name: string;
  readonly sources: readonly ts.SourceFile[];
  readonly checker: ts.TypeChecker;
  /** What the main file imports. The rest is loaded later, or never. */
  readonly eager: ReadonlySet<ts.SourceFile>;
  readonly reached: ReadonlySet<ts.SourceFile>;
}

/** Angular's types, as far as they say what one's own names stand for. Packages are not read. */
const STUBS: Readonly<Record<string, string>> = {
  '@angular/core': `
    type Type<T> = abstract new (...parts: never[]) => T;
    export declare class InjectionToken<T> { marker: T; }
    export declare function inject<T>(token: Type<T> | InjectionToken<T>, options?: unknown): T;
    export declare class Injector { get<T>(token: Type<T> | InjectionToken<T>): T; }
    export declare class EnvironmentInjector extends Injector {}`,
  '@angular/common/http': `
    export declare class HttpClient { constructor(backend: unknown); get: unknown; post: unknown; put: unknown; patch: unknown; delete: unknown; request: unknown; }
    export declare class HttpRequest<T> { constructor(...parts: unknown[]); url: unknown; }`,
};

const OPTIONS: ts.CompilerOptions = {
  noLib: true,
  allowJs: false,
  experimentalDecorators: true,
  target: ts.ScriptTarget.Latest,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** Reads the project's sources and whatever of the workspace these import. */
export async function readProject(tree: Tree, name: string): Promise<Project> {
  const main = posix.resolve('/', await getMainFilePath(tree, name).catch(() => ''));
  const own = await sourcePaths(tree, name);
  const options = { ...OPTIONS, paths: readPaths(tree, main) };
  const program = ts.createProgram(own, options, hostOf(tree, options));
  const sources = program.getSourceFiles().filter(({ fileName }) => !fileName.startsWith('/~'));
  const checker = program.getTypeChecker();
  const entry = sources.filter(({ fileName }) => fileName === main);
  const eager = follow(entry, (source) => importedBy(source, checker, false));
  const reached = follow(entry, (source) => importedBy(source, checker, true));
  return { name, sources, checker, eager, reached: entry.length > 0 ? reached : new Set(sources) };
}

function hostOf(tree: Tree, options: ts.CompilerOptions): ts.CompilerHost {
  const known = new Map<string, ts.SourceFile | undefined>();
  const exists = (path: string) => !path.includes('/node_modules/') && tree.exists(path);
  const read = (path: string) => (exists(path) ? tree.readText(path) : undefined);
  const load = (path: string) => {
    const stub = path.startsWith('/~') ? STUBS[path.slice(2, -'.d.ts'.length)] : undefined;
    if (stub !== undefined) return ts.createSourceFile(path, stub, ts.ScriptTarget.Latest, true);
    return exists(path) ? readSource(tree, path) : undefined;
  };
  const lookup = { fileExists: exists, readFile: read, getCurrentDirectory: () => '/' };
  return {
    ...lookup,
    getSourceFile: (path) => {
      if (!known.has(path)) known.set(path, load(path));
      return known.get(path);
    },
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map(({ text }) =>
        STUBS[text] === undefined
          ? ts.resolveModuleName(text, containing, options, lookup)
          : { resolvedModule: { resolvedFileName: `/~${text}.d.ts`, extension: '.d.ts' } },
      ),
    getDefaultLibFileName: () => '',
    writeFile: () => undefined,
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
}

function follow(
  entry: readonly ts.SourceFile[],
  next: (source: ts.SourceFile) => readonly ts.SourceFile[],
): ReadonlySet<ts.SourceFile> {
  const found = new Set(entry);
  // A set that grows while it is walked is walked to its new end.
  for (const source of found) for (const each of next(source)) found.add(each);
  return found;
}

function importedBy(source: ts.SourceFile, checker: ts.TypeChecker, isLazyToo: boolean): ts.SourceFile[] {
  const specifiers = source.statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) ? [statement.moduleSpecifier] : [],
  );
  const lazy = findAll(source, ts.isCallExpression)
    .filter(({ expression }) => isLazyToo && expression.kind === ts.SyntaxKind.ImportKeyword)
    .map((call) => call.arguments[0]);
  return [...specifiers, ...lazy].flatMap((specifier) => {
    const module = specifier && checker.getSymbolAtLocation(specifier)?.valueDeclaration;
    return module && ts.isSourceFile(module) && !module.fileName.startsWith('/~') ? [module] : [];
  });
}
