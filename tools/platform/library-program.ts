import { globSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export const ROOT = join(import.meta.dirname, '..', '..');

const LIBRARY = join(ROOT, 'projects', 'ngx-bearer');

/** What an application's browser runs of the library. */
export function libraryFiles(): string[] {
  const found = globSync('projects/ngx-bearer/{src,*/src}/**/*.ts', { cwd: ROOT });
  return found.filter((file) => !/\.spec\.ts$|\/(spec|proof|schematics)\//.test(file)).sort();
}

export function libraryProgram(files: readonly string[]): ts.Program {
  return ts.createProgram({ rootNames: files, options: libraryOptions(), host: createLibraryHost() });
}

/** As the library is compiled, but with the newest types: what they lack would pass as an error or an `any`. */
export function libraryOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(LIBRARY, 'tsconfig.spec.json'), (path) =>
    ts.sys.readFile(path),
  ) as {
    readonly config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, LIBRARY);
  return { ...options, lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [] };
}

/** Parses what TypeScript and the packages bring once, for all programs. */
export function createLibraryHost(): ts.CompilerHost {
  const host = ts.createCompilerHost(libraryOptions(), true);
  return {
    ...host,
    getCurrentDirectory: () => ROOT,
    getSourceFile: (name, target) => {
      const source = parsed.get(name) ?? host.getSourceFile(name, target);
      if (source && name.endsWith('.d.ts')) parsed.set(name, source);
      return source;
    },
  };
}

const parsed = new Map<string, ts.SourceFile>();
