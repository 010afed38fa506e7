import type { Tree } from '@angular-devkit/schematics';
import ts from 'typescript';

/** Replaces what stands between two positions; with none to end at, it inserts. */
export interface Edit {
  readonly at: number;
  readonly end?: number;
  readonly text: string;
}

/** Reads a file into a syntax tree. */
export function readSource(tree: Tree, path: string): ts.SourceFile {
  return ts.createSourceFile(path, tree.readText(path), ts.ScriptTarget.Latest, true);
}

/** Makes all the edits, whose positions are those of the source as read. Lines end as they do in the file. */
export function applyEdits(tree: Tree, source: ts.SourceFile, edits: readonly Edit[]): void {
  const lineEnd = source.text.includes('\r\n') ? '\r\n' : '\n';
  const recorder = tree.beginUpdate(source.fileName);
  for (const { at, end = at, text } of edits) {
    if (end > at) recorder.remove(at, end - at);
    recorder.insertLeft(at, text.replaceAll('\n', lineEnd));
  }
  tree.commitUpdate(recorder);
}

/**
 * Puts elements at the end of an array, each on a line of its own where the array or an element has several. `kept` are
 * the elements that stay.
 */
export function appendElements(
  array: ts.ArrayLiteralExpression,
  texts: readonly string[],
  kept: readonly ts.Node[] = array.elements,
): Edit[] {
  const { text } = array.getSourceFile();
  const first = array.elements[0];
  const last = kept.at(-1);
  const outer = indentAt(text, array.getStart());
  const isOnLines = first && text.slice(array.getStart(), first.getStart()).includes('\n');
  const inside = { at: array.getStart() + 1, end: array.end - 1 };
  if (!isOnLines && !texts.some((each) => each.includes('\n'))) {
    return [last ? { at: last.end, text: `, ${texts.join(', ')}` } : { ...inside, text: texts.join(', ') }];
  }
  const inner = isOnLines ? indentAt(text, first.getStart()) : `${outer}  `;
  const added = texts.map((each) => indented(each, inner));
  if (!last) return [{ ...inside, text: `\n${inner}${added.join(`,\n${inner}`)},\n${outer}` }];
  const appended = { at: last.end, text: added.map((each) => `,\n${inner}${each}`).join('') };
  if (isOnLines) return [appended];
  return [
    { at: array.getStart() + 1, text: `\n${inner}` },
    appended,
    { at: array.end - 1, text: `,\n${outer}` },
  ];
}

/** Puts a property at the end of an object. */
export function appendProperty(object: ts.ObjectLiteralExpression, name: string, elements: string[]): Edit {
  const { text } = object.getSourceFile();
  const last = object.properties.at(-1);
  const outer = indentAt(text, object.getStart());
  const inner = last ? indentAt(text, last.getStart()) : `${outer}  `;
  const lines = elements.map((each) => `\n${inner}  ${indented(each, `${inner}  `)},`).join('');
  const property = `\n${inner}${name}: [${lines}\n${inner}]`;
  return last
    ? { at: last.end, text: `,${property}` }
    : { at: object.end - 1, text: `${property},\n${outer}` };
}

/** Takes elements out of a list, with the commas that go with them. Comments of their neighbours stay. */
export function removeElements<T extends ts.Node>(
  list: ts.NodeArray<T>,
  removed: readonly ts.Node[],
): Edit[] {
  const isRemoved = list.map((each) => removed.includes(each));
  return list.flatMap((element, index) => {
    // Neighbours that go together are one edit.
    if (!isRemoved[index] || isRemoved[index - 1]) return [];
    const nextKept = list.findIndex((_each, at) => at > index && !isRemoved[at]);
    return [removeRun(list, index, nextKept)];
  });
}

function removeRun<T extends ts.Node>(list: ts.NodeArray<T>, first: number, nextKept: number): Edit {
  const [element, previous, next, last] = [list[first], list[first - 1], list[nextKept], list.at(-1)];
  const at = element?.getStart() ?? 0;
  if (next) {
    const { text } = next.getSourceFile();
    const end = ts.getLeadingCommentRanges(text, next.pos)?.[0]?.pos ?? next.getStart();
    return { at, end, text: '' };
  }
  const end = last?.end ?? at;
  return { at: previous ? previous.end : list.pos, end: previous ? end : list.end, text: '' };
}

export function indentAt(text: string, position: number): string {
  const line = text.slice(text.lastIndexOf('\n', position - 1) + 1, position);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function indented(text: string, indent: string): string {
  return text.replaceAll('\n', `\n${indent}`);
}
