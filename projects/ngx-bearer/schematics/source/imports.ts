import { posix } from 'node:path';
import ts from 'typescript';
import type { Edit } from './edits';
import { findAll } from './walk';

/** The names a file imports, and those an edit makes it import. */
export class Imports {
  readonly #source: ts.SourceFile;
  readonly #wanted = new Map<string, Map<string, string>>();

  constructor(source: ts.SourceFile) {
    this.#source = source;
  }

  /** What the file calls this export; undefined where it does not import it. */
  find(name: string, module: string): string | undefined {
    return importElements(this.#source, module).find((each) => (each.propertyName ?? each.name).text === name)
      ?.name.text;
  }

  /**
   * The same, and imports it where it is missing, under another name where the file has something of that name. A file
   * of the workspace is named by its absolute path.
   */
  use(name: string, place: string): string {
    if (place === this.#source.fileName) return name;
    const module = place.startsWith('/') ? this.#moduleOf(name, place) : place;
    const wanted = this.#wanted.get(module) ?? new Map<string, string>();
    const known = this.find(name, module) ?? wanted.get(name);
    if (known) return known;
    const local = uses(this.#source, name) > 0 ? `bearer${name[0]?.toUpperCase()}${name.slice(1)}` : name;
    this.#wanted.set(module, wanted.set(name, local));
    return local;
  }

  /** As the file imports it already, perhaps by an alias of its path, or else by a relative path. */
  #moduleOf(name: string, place: string): string {
    const base = posix.basename(place, '.ts');
    const known = this.#source.statements.filter(ts.isImportDeclaration).map(specifierOf);
    const same = known.find((each) => posix.basename(each) === base && this.find(name, each) !== undefined);
    return same ?? relativeTo(this.#source.fileName, place);
  }

  edits(): Edit[] {
    return [...this.#wanted].map(([module, names]) => this.#editFor(module, names));
  }

  #editFor(module: string, names: ReadonlyMap<string, string>): Edit {
    const list = [...names]
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([name, local]) => (name === local ? name : `${name} as ${local}`))
      .join(', ');
    const last = importElements(this.#source, module).at(-1);
    if (last) return { at: last.end, text: `, ${list}` };
    const line = `import { ${list} } from '${module}';`;
    const before = this.#source.statements.findLast(ts.isImportDeclaration);
    return before ? { at: before.end, text: `\n${line}` } : { at: 0, text: `${line}\n` };
  }
}

/** How one file of the workspace imports another. */
export function relativeTo(file: string, place: string): string {
  const path = posix.relative(posix.dirname(file), place).replace(/\.ts$/, '');
  return path.startsWith('.') ? path : `./${path}`;
}

/** Where a name of this file comes from: a module, the file itself, or nowhere that can be seen. */
export function originOf(source: ts.SourceFile, name: string): string | undefined {
  const declaration = source.statements.filter(ts.isImportDeclaration).find(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    if (importClause?.name?.text === name) return true;
    if (!bindings) return false;
    return ts.isNamespaceImport(bindings)
      ? bindings.name.text === name
      : bindings.elements.some((element) => element.name.text === name);
  });
  return declaration && specifierOf(declaration);
}

/** Takes imports out that nothing refers to any more. */
export function dropUnused(source: ts.SourceFile, names: readonly string[]): Edit[] {
  return source.statements.filter(ts.isImportDeclaration).flatMap((declaration) => {
    const { name: main, namedBindings: bindings } = declaration.importClause ?? {};
    if (!bindings || !ts.isNamedImports(bindings) || main) return [];
    const isIdle = ({ name }: ts.ImportSpecifier) =>
      names.includes(name.text) && uses(source, name.text) === 1;
    const kept = bindings.elements.filter((element) => !isIdle(element));
    if (kept.length === bindings.elements.length) return [];
    const end = /^\r?\n/.exec(source.text.slice(declaration.end))?.[0].length ?? 0;
    if (kept.length === 0) return [{ at: declaration.getStart(), end: declaration.end + end, text: '' }];
    const list = kept.map((element) => element.getText()).join(', ');
    return [{ at: bindings.getStart(), end: bindings.end, text: `{ ${list} }` }];
  });
}

function importElements(source: ts.SourceFile, module: string): ts.ImportSpecifier[] {
  return (
    source.statements
      .filter(ts.isImportDeclaration)
      .filter((declaration) => specifierOf(declaration) === module)
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- Angular 20 allows TypeScript 5.8, which has no phaseModifier.
      .filter(({ importClause }) => !importClause?.isTypeOnly)
      .flatMap(({ importClause }) => {
        const bindings = importClause?.namedBindings;
        return bindings && ts.isNamedImports(bindings)
          ? bindings.elements.filter((each) => !each.isTypeOnly)
          : [];
      })
  );
}

function specifierOf({ moduleSpecifier }: ts.ImportDeclaration): string {
  return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
}

function uses(source: ts.SourceFile, name: string): number {
  return findAll(source, ts.isIdentifier).filter(({ text }) => text === name).length;
}
