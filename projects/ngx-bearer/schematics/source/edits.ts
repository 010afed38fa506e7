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

/** Puts elements at the end of an array, each on a line of its own where the array or an element has several. */
export function appendElements(array: ts.ArrayLiteralExpression, texts: readonly string[]): Edit[] {
  const { text } = array.getSourceFile();
  const first = array.elements[0];
  const last = array.elements.at(-1);
  const outer = indentAt(text, array.getStart());
  const isOnLines = first && text.slice(array.getStart(), first.getStart()).includes('\n');
  if (!isOnLines && !texts.some((each) => each.includes('\n'))) {
    return [{ at: last?.end ?? array.end - 1, text: (last ? ', ' : '') + texts.join(', ') }];
  }
  const inner = isOnLines ? indentAt(text, first.getStart()) : `${outer}  `;
  const added = texts.map((each) => indented(each, inner));
  if (!first || !last) {
    return [{ at: array.end - 1, text: `\n${inner}${added.join(`,\n${inner}`)},\n${outer}` }];
  }
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

/** Takes an element out of a list, with the comma that goes with it. Comments of its neighbours stay. */
export function removeElement<T extends ts.Node>(list: ts.NodeArray<T>, element: T): Edit {
  const { text } = element.getSourceFile();
  const index = list.indexOf(element);
  const [previous, next] = [list[index - 1], list[index + 1]];
  if (next) {
    const end = ts.getLeadingCommentRanges(text, next.pos)?.[0]?.pos ?? next.getStart();
    return { at: element.getStart(), end, text: '' };
  }
  if (previous) return { at: previous.end, end: element.end, text: '' };
  return { at: element.getStart(), end: list.hasTrailingComma ? list.end : element.end, text: '' };
}

function indentAt(text: string, position: number): string {
  const line = text.slice(text.lastIndexOf('\n', position - 1) + 1, position);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function indented(text: string, indent: string): string {
  return text.replaceAll('\n', `\n${indent}`);
}
