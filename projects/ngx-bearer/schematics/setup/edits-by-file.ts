import type { Tree } from '@angular-devkit/schematics';
import ts from 'typescript';
import { appendElements, applyEdits, type Edit, readSource, removeElements } from '../source/edits';
import { dropUnused, Imports } from '../source/imports';
import { findAll } from '../source/walk';

interface List {
  readonly list: ts.NodeArray<ts.Node>;
  array?: ts.ArrayLiteralExpression;
  readonly removed: ts.Node[];
  readonly appended: string[];
}

interface FileEdits {
  readonly source: ts.SourceFile;
  readonly imports: Imports;
  readonly edits: Edit[];
  readonly lists: Map<ts.NodeArray<ts.Node>, List>;
}

/** Everything that is going to change, file by file. Nothing is changed before `apply`. */
export class Edits {
  readonly #files = new Map<string, FileEdits>();

  get isEmpty(): boolean {
    return [...this.#files.values()].every(({ edits, lists }) => edits.length === 0 && lists.size === 0);
  }

  get paths(): string[] {
    return [...this.#files.values()]
      .filter(({ edits, lists }) => edits.length > 0 || lists.size > 0)
      .map(({ source }) => source.fileName.slice(1));
  }

  importsOf(source: ts.SourceFile): Imports {
    return this.#of(source).imports;
  }

  add(node: ts.Node, edits: readonly Edit[]): void {
    this.#of(node.getSourceFile()).edits.push(...edits);
  }

  remove(list: ts.NodeArray<ts.Node>, elements: readonly ts.Node[]): void {
    const [first] = elements;
    if (first) this.#list(first.getSourceFile(), list).removed.push(...elements);
  }

  /** Takes an element out of its list, and an `importProvidersFrom` that is left empty with it. False: it is in no list. */
  takeOut(element: ts.Expression): boolean {
    const { parent } = element;
    if (ts.isArrayLiteralExpression(parent)) {
      this.remove(parent.elements, [element]);
      return true;
    }
    const isImporting = ts.isCallExpression(parent) && parent.expression.getText() === 'importProvidersFrom';
    if (!isImporting) return false;
    if (parent.arguments.length === 1 && ts.isArrayLiteralExpression(parent.parent))
      return this.takeOut(parent);
    this.remove(parent.arguments, [element]);
    return true;
  }

  append(array: ts.ArrayLiteralExpression, texts: readonly string[]): void {
    if (texts.length === 0) return;
    const list = this.#list(array.getSourceFile(), array.elements);
    list.array = array;
    list.appended.push(...texts);
  }

  apply(tree: Tree): void {
    for (const { source, imports, edits, lists } of this.#files.values()) {
      const inLists = [...lists.values()].flatMap(editList);
      const all = [...edits, ...inLists, ...imports.edits()];
      if (all.length === 0) continue;
      applyEdits(tree, source, all);
      const gone = [...lists.values()].flatMap(({ removed }) =>
        removed.flatMap((each) => findAll(each, ts.isIdentifier)),
      );
      dropIdle(
        tree,
        source.fileName,
        gone.map(({ text }) => text),
      );
    }
  }

  #of(source: ts.SourceFile): FileEdits {
    const known = this.#files.get(source.fileName) ?? {
      source,
      imports: new Imports(source),
      edits: [],
      lists: new Map<ts.NodeArray<ts.Node>, List>(),
    };
    this.#files.set(source.fileName, known);
    return known;
  }

  #list(source: ts.SourceFile, list: ts.NodeArray<ts.Node>): List {
    const { lists } = this.#of(source);
    const known: List = lists.get(list) ?? { list, removed: [], appended: [] };
    lists.set(list, known);
    return known;
  }
}

function editList({ list, array, removed, appended }: List): Edit[] {
  const kept = list.filter((each) => !removed.includes(each));
  const added = array && appended.length > 0 ? appendElements(array, appended, kept) : [];
  // What replaces a whole list has removed it.
  return kept.length === 0 && added.length > 0 ? added : [...removeElements(list, removed), ...added];
}

function dropIdle(tree: Tree, path: string, names: readonly string[]): void {
  const source = readSource(tree, path);
  const idle = dropUnused(source, names);
  if (idle.length > 0) applyEdits(tree, source, idle);
}
