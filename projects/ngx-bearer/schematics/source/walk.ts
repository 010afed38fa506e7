import ts from 'typescript';

/** Every node of this kind, in the order of the text. */
export function findAll<T extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = is(root) ? [root] : [];
  ts.forEachChild(root, (child) => {
    found.push(...findAll(child, is));
  });
  return found;
}

/** Whether a name occurs anywhere in a piece of code. */
export function mentions(root: ts.Node, name: string): boolean {
  return findAll(root, ts.isIdentifier).some(({ text }) => text === name);
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

/** The text an expression is known to have: a literal, or what constants of this file make up. */
export function textOf(expression: ts.Expression | undefined): string | undefined {
  if (!expression) return undefined;
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isTemplateExpression(expression)) {
    const parts = expression.templateSpans.map((span) => {
      const value = textOf(span.expression);
      return value === undefined ? undefined : value + span.literal.text;
    });
    return parts.includes(undefined) ? undefined : expression.head.text + parts.join('');
  }
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(expression.left), textOf(expression.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return textOf(constant(expression));
}

function constant(expression: ts.Expression): ts.Expression | undefined {
  const source = expression.getSourceFile();
  if (ts.isIdentifier(expression)) return onlyValue(findAll(source, ts.isVariableDeclaration), expression);
  const isOwn =
    ts.isPropertyAccessExpression(expression) && expression.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isOwn ? onlyValue(findAll(source, ts.isPropertyDeclaration), expression.name) : undefined;
}

function onlyValue(
  declarations: readonly (ts.VariableDeclaration | ts.PropertyDeclaration)[],
  name: ts.Node,
): ts.Expression | undefined {
  const [declaration, other] = declarations.filter((each) => each.name.getText() === name.getText());
  return other ? undefined : declaration?.initializer;
}
