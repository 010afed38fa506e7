import ts from 'typescript';

/** Every node of this kind, in the order of the text. */
export function findAll<T extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** Whether a name occurs anywhere in a piece of code. */
export function mentions(root: ts.Node, name: string): boolean {
  return findAll(root, ts.isIdentifier).some(({ text }) => text === name);
}

/** Whether a node is one of these, or stands in one. */
export function isWithin(node: ts.Node, outers: readonly ts.Node[]): boolean {
  return ts.findAncestor(node, (each) => outers.includes(each)) !== undefined;
}

export function firstLine(node: ts.Node): string {
  return node.getText().split('\n', 1)[0] ?? '';
}

/** `src/app/app.config.ts:12` */
export function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return `${source.fileName.replace(/^\//, '')}:${line + 1}`;
}

/** The value a property of an object literal is given. */
export function valueOf(object: ts.Node | undefined, name: string): ts.Expression | undefined {
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
  const property = object.properties.find(
    (each) => each.name?.getText().replace(/^['"]|['"]$/g, '') === name,
  );
  if (!property) return undefined;
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  return ts.isPropertyAssignment(property) ? property.initializer : undefined;
}
