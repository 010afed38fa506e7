import ts from 'typescript';

/** A declaration in the types of the platform. */
export interface LibDeclaration {
  /** The interfaces that have the member, the declaring one first. None: it is global. */
  readonly owners: readonly string[];
  readonly member: string;
}

/** What the compatibility data lists under another name than the types. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  PromiseLike: 'Promise',
  CallableFunction: 'Function',
  NewableFunction: 'Function',
  IteratorObject: 'Iterator',
};

const TYPED_ARRAY = /^(Big)?(Int|Uint|Float)\d+(Clamped)?Array$/;

/** Answers from the type checker what belongs to the platform: what TypeScript's own `lib.*.d.ts` declare. */
export class LibTypes {
  readonly #checker: ts.TypeChecker;
  readonly #program: ts.Program;
  /** By the name of an interface, the interfaces that extend it: `NavigatorLocks` is a part of `Navigator`. */
  readonly #extending = new Map<string, string[]>();
  /** By the name of an interface, the interfaces it extends: types repeat `addEventListener` on `Window`. */
  readonly #extended = new Map<string, string[]>();

  constructor(program: ts.Program) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
    for (const source of program.getSourceFiles()) {
      if (program.isSourceFileDefaultLibrary(source)) source.forEachChild((node) => this.#addHeritage(node));
    }
  }

  symbolAt(node: ts.Node): ts.Symbol | undefined {
    const isOwnName = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    return isOwnName ? undefined : this.#checker.getSymbolAtLocation(node);
  }

  /** The member that is read by `owner[key]` or `{ key } = owner`, where the key is a literal or a name. */
  memberOf(owner: ts.Node, key: ts.Node): ts.Symbol | undefined {
    const name = ts.isIdentifier(key) || ts.isStringLiteralLike(key) ? key.text : null;
    return name === null ? undefined : this.#propertyOf(this.#checker.getTypeAtLocation(owner), name);
  }

  /** The option of the platform that a member of an object literal sets. */
  optionAt(literal: ts.Node, name: string): ts.Symbol | undefined {
    if (!ts.isObjectLiteralExpression(literal)) return undefined;
    const type = this.#checker.getContextualType(literal);
    return type && this.#propertyOf(type, name);
  }

  typeNamesOf(node: ts.Node): string[] {
    const type = this.#checker.getNonNullableType(this.#checker.getTypeAtLocation(node));
    const parts = type.isUnionOrIntersection() ? type.types : [type];
    return parts.flatMap((part) => part.getSymbol()?.name ?? []);
  }

  /** Where a symbol is declared in the types of the platform; nothing if it is not of the platform. */
  declarationsOf(symbol: ts.Symbol | undefined): LibDeclaration[] {
    const own = this.#resolve(symbol)?.declarations ?? [];
    const found = own.filter((each) => this.#program.isSourceFileDefaultLibrary(each.getSourceFile()));
    const described = found.flatMap((each) => this.#describe(each) ?? []);
    return [...new Map(described.map((each) => [each.owners.join() + each.member, each])).values()];
  }

  #describe(declaration: ts.Declaration): LibDeclaration | null {
    const name = ts.getNameOfDeclaration(declaration)?.getText();
    if (name === undefined) return null;
    const { parent } = declaration;
    if (ts.isInterfaceDeclaration(parent)) return { owners: this.#owners(parent.name.text), member: name };
    if (ts.isTypeLiteralNode(parent) && ts.isVariableDeclaration(parent.parent)) {
      return { owners: [parent.parent.name.getText()], member: name };
    }
    const isGlobal = ts.isVariableDeclaration(declaration) || ts.isFunctionDeclaration(declaration);
    return isGlobal ? { owners: [], member: name } : null;
  }

  #owners(declared: string): string[] {
    const name = OTHER_NAMES[declared] ?? declared.replace(/^Readonly(?=.)|(?<=.)Constructor$/g, '');
    const related = [...reachable(declared, this.#extending), ...reachable(declared, this.#extended)];
    return [name, ...related, ...(TYPED_ARRAY.test(name) ? ['TypedArray'] : [])];
  }

  #propertyOf(type: ts.Type, name: string): ts.Symbol | undefined {
    const given = this.#checker.getNonNullableType(type);
    return this.#checker.getPropertyOfType(given, name) ?? undefined;
  }

  #resolve(symbol: ts.Symbol | undefined): ts.Symbol | undefined {
    const isAlias = symbol && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #addHeritage(node: ts.Node): void {
    if (!ts.isInterfaceDeclaration(node)) return;
    for (const { expression } of (node.heritageClauses ?? []).flatMap(({ types }) => [...types])) {
      const [base, name] = [expression.getText(), node.name.text];
      this.#extending.set(base, [...(this.#extending.get(base) ?? []), name]);
      this.#extended.set(name, [...(this.#extended.get(name) ?? []), base]);
    }
  }
}

function reachable(start: string, next: ReadonlyMap<string, readonly string[]>): string[] {
  return (next.get(start) ?? []).flatMap((each) => [each, ...reachable(each, next)]);
}
