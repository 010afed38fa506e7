/** Two requests served by one Node process share its modules: what they hold, each user would see. */
export function noModuleState() {
  const message = 'Module-level state is shared between the users of a server: hold it in an injectable.';
  const atModuleLevel = ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration';
  const constant = `${atModuleLevel} > VariableDeclarator`;
  const type = 'id.typeAnnotation.typeAnnotation';
  const readOnly = `:matches([${type}.operator="readonly"], [${type}.typeName.name=/^Readonly/])`;
  const selectors = [
    `${atModuleLevel}[kind=/^(let|var)$/]`,
    `${constant}[init.type="NewExpression"][init.callee.name!=/^(InjectionToken|HttpContextToken)$/]`,
    `${constant}[init.type=/^(CallExpression|ClassExpression|TSSatisfiesExpression)$/]`,
    `${constant}[init.type=/^(ArrayExpression|ObjectExpression)$/]:not(${readOnly})`,
    `${constant}[init.type="TSAsExpression"]:not([init.typeAnnotation.typeName.name="const"])`,
    'PropertyDefinition[static=true][readonly!=true]',
    'PropertyDefinition[static=true][value.type=/^(New|Call|Array|Object)Expression$/]',
  ];
  return { 'no-restricted-syntax': ['error', ...selectors.map((selector) => ({ selector, message }))] };
}
