import { join } from 'node:path';
import ts from 'typescript';
import type { Migrated } from './migrate-shape.ts';
import type { Shape } from './shapes.ts';

const ROOT = join(import.meta.dirname, '../../../..');
/** Nothing is there: the files are in memory, where packages are found from. */
const FOLDER = join(ROOT, 'shapes-in-memory');

/** As strict as an application that `ng new` makes. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  types: [],
  strict: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  experimentalDecorators: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
};

/** What TypeScript says about the shapes as migrated, with the lines that were printed in a file of their own. */
export function problemsOf(shapes: readonly Shape[], results: ReadonlyMap<string, Migrated>): string[] {
  const files = new Map(shapes.flatMap((shape) => filesOf(shape, results.get(shape.name))));
  const paths = Object.assign({}, ...shapes.map(pathsOf)) as Record<string, string[]>;
  const options = { ...OPTIONS, paths: { 'ngx-bearer': [join(ROOT, 'dist/ngx-bearer')], ...paths } };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    // Folders that hold nothing but files in memory would not be looked into.
    directoryExists: () => true,
    fileExists: (path) => files.has(path) || host.fileExists(path),
    readFile: (path) => files.get(path) ?? host.readFile(path),
    getSourceFile: (path, version) => {
      const text = files.get(path) ?? host.readFile(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version);
    },
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName.slice(FOLDER.length) ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

function filesOf({ name, outcome }: Shape, migrated: Migrated | undefined): [string, string][] {
  const { files = {}, said = '' } = migrated ?? {};
  const own = Object.entries(files).filter(([path]) => path.endsWith('.ts'));
  const printed = outcome === 'printed' ? [['src/app/printed.ts', printedFile(said)] as const] : [];
  return [...own, ...printed].map(([path, text]) => [join(FOLDER, name, path), text]);
}

/** The imports and the providers below "The equivalent". */
function printedFile(said: string): string {
  const [, lines = ''] = /^The equivalent\n([^]*?)\n(?=\S)/m.exec(said) ?? [];
  const [imports = '', providers = ''] = lines.split(/^ {2}\/\/.*$/m);
  return `${imports}\nexport const providers = [\n${providers}\n];\n`;
}

function pathsOf({ name, paths }: Shape): Record<string, string[]> {
  const absolute = Object.entries(paths).map(([alias, places]) => [
    alias,
    places.map((place) => join(FOLDER, name, place)),
  ]);
  return Object.fromEntries(absolute) as Record<string, string[]>;
}
