import ts from 'typescript';

const CALLS = ['describe', 'it', 'test'];
const HOLE = '…';

/**
 * The titles in a spec, and what an invariant `says`. What a template puts in is a `…`: a test of a table is known
 * by what is the same for all of its rows. A test that is skipped has no title.
 */
export function titlesOf(source: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isSkipped(node)) return;
    const title = titleOf(node);
    if (title !== null) titles.push(title);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('spec.ts', source, ts.ScriptTarget.Latest));
  return titles;
}

/** The anchors of a page, as GitHub makes them of its headings. */
export function headingsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

function titleOf(node: ts.Node): string | null {
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'says') {
    return textOf(node.initializer);
  }
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null;
  return CALLS.includes(node.expression.text) ? textOf(node.arguments[0]) : null;
}

/** `it.skip(…)`, and all that stands in a `describe.skip(…)`. */
function isSkipped(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  return ['skip', 'todo'].includes(node.expression.name.text);
}

function textOf(node: ts.Expression | undefined): string | null {
  if (node === undefined) return null;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => HOLE + literal.text).join('');
}
