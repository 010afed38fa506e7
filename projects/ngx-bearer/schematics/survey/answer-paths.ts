import ts from 'typescript';
import type { Project } from '../source/project';
import {
  type Callable,
  calleeOf,
  callsOf,
  holderOf,
  isCallable,
  mentionsOf,
  nameOf,
  symbolOf,
} from '../source/symbols';
import { findAll } from '../source/walk';
import { callbackOf, climb, isCondition, isThrough, type Path, pathFrom } from './answer-steps';

const READS = /^(map|tap|do|filter|timeout|(switch|merge|concat|exhaust|flat)Map)$/;

/** Follows the answer of a request through the code, and collects the fields that are read of it. */
export class AnswerPaths {
  readonly found: Path[] = [];
  /** A condition asks for a part of the answer. */
  isTested = false;
  readonly #project: Project;
  readonly #seen = new Set<ts.Node>();

  readonly #at: ts.Node | undefined;

  /** Where one call of several leads on, `at` is the one. */
  constructor(project: Project, at?: ts.Node) {
    this.#project = project;
    this.#at = at;
  }

  /** `source` is an Observable or a Promise of the answer. */
  followSource(source: ts.Node, prefix: Path): void {
    if (this.#seen.has(source)) return;
    this.#seen.add(source);
    const { parent } = source;
    if (isThrough(parent)) this.followSource(parent, prefix);
    else if (ts.isAwaitExpression(parent)) this.#followValue(parent, prefix);
    else if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent)) {
      this.#followMethod(parent.parent, parent.name.text, prefix);
    } else if (ts.isCallExpression(parent)) this.#followArgument(parent, source, prefix);
    else if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) this.#followReturn(parent, prefix);
    else this.#followNames(parent, (name) => this.followSource(name, prefix));
  }

  /** `name` stands for the answer, or for a part of it. */
  followName(name: ts.BindingName, prefix: Path): void {
    if (ts.isIdentifier(name)) {
      for (const use of this.#usesOf(name)) this.#followValue(use, prefix);
      return;
    }
    for (const element of name.elements) {
      if (!ts.isBindingElement(element)) continue;
      const field = (element.propertyName ?? element.name).getText();
      const path = element.dotDotDotToken ? prefix : [...prefix, field];
      if (ts.isIdentifier(element.name)) this.found.push(path);
      this.followName(element.name, path);
    }
  }

  #followMethod(call: ts.CallExpression, method: string, prefix: Path): void {
    const [first] = call.arguments;
    if (method === 'pipe') this.#followOperators(call, prefix);
    else if (method === 'toPromise') this.followSource(call, prefix);
    else if (method === 'then') {
      const next = this.#followCallback(first, prefix);
      if (next) this.followSource(call, next);
    } else if (method === 'subscribe') this.#followCallback(first, prefix);
    else if (method === 'catch' || method === 'finally') this.followSource(call, prefix);
  }

  /** Through the operators of a `pipe`, from one of them on. */
  #followOperators(pipe: ts.CallExpression, prefix: Path, from = 0): void {
    let path: Path = prefix;
    for (const operator of pipe.arguments.slice(from).filter(ts.isCallExpression)) {
      const name = operator.expression.getText();
      const next: Path | undefined = READS.test(name)
        ? this.#followCallback(operator.arguments[0], path)
        : path;
      // What another request answers is another answer.
      if (/Map$/.test(name)) return;
      if (name === 'map' && !next) return;
      if (name === 'map' && next) path = next;
    }
    this.followSource(pipe, path);
  }

  /** Returns what the callback makes of the answer, if it is a part of it. */
  #followCallback(callback: ts.Expression | undefined, prefix: Path): Path | undefined {
    const inner = callback && callbackOf(callback);
    if (!inner) return prefix;
    const declared = isCallable(inner) ? inner : this.#declared(inner);
    const name = declared?.parameters[0]?.name;
    if (!declared || !name) return undefined;
    this.followName(name, prefix);
    const { body } = declared;
    if (!body || !ts.isIdentifier(name)) return undefined;
    const returned = ts.isBlock(body)
      ? findAll(body, ts.isReturnStatement).map(({ expression }) => expression)
      : [body];
    const parts = returned.flatMap((each) => (each ? (pathFrom(each, name.text) ?? []) : []));
    return returned.length === 1 && returned[0] && pathFrom(returned[0], name.text)
      ? [...prefix, ...parts]
      : undefined;
  }

  #declared(callback: ts.Expression) {
    // `tap(this.store)` and `tap(store)`: a call of it says what it is.
    const symbol = symbolOf(callback, this.#project.checker);
    const declared = symbol?.declarations?.[0];
    return declared && isCallable(declared) ? declared : undefined;
  }

  #followArgument(call: ts.CallExpression, source: ts.Node, prefix: Path): void {
    const isWrapped = /^(firstValueFrom|lastValueFrom|from|defer|Promise\.resolve|next|next\.handle)$/.test(
      call.expression.getText(),
    );
    if (isWrapped && call.arguments[0] === source) this.followSource(call, prefix);
  }

  #followReturn(node: ts.ReturnStatement | ts.ArrowFunction, prefix: Path): void {
    const nearest = ts.isArrowFunction(node) ? node : ts.findAncestor(node, isCallable);
    if (!nearest) return;
    if (nameOf(nearest) === '') {
      // A callback of an operator: what it returns goes on in the pipe around it.
      const operator = nearest.parent;
      const isMapped = ts.isCallExpression(operator) && /Map$|^defer$/.test(operator.expression.getText());
      if (isMapped && /^defer$/.test(operator.expression.getText())) this.followSource(operator, prefix);
      else if (isMapped && ts.isCallExpression(operator.parent)) {
        this.#followOperators(operator.parent, prefix, operator.parent.arguments.indexOf(operator) + 1);
      }
      return;
    }
    for (const call of this.#callsOf(nearest)) this.followSource(call, prefix);
  }

  #followValue(node: ts.Node, prefix: Path): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    const { top, path } = climb(node, prefix);
    if (path.length > 0) this.found.push(path);
    this.isTested ||= isCondition(top);
    const { parent } = top;
    if (ts.isVariableDeclaration(parent) && parent.initializer === top) this.followName(parent.name, path);
    else if (ts.isCallExpression(parent) && parent.arguments.includes(top as ts.Expression)) {
      const index = parent.arguments.indexOf(top as ts.Expression);
      const name = calleeOf(parent, this.#project)?.parameters[index]?.name;
      if (name) this.followName(name, path);
    } else if (ts.isReturnStatement(parent)) {
      const holder = holderOf(parent);
      const isAsync = holder?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
      for (const call of holder && isAsync ? this.#callsOf(holder) : []) this.followSource(call, path);
    }
  }

  #callsOf(callable: Callable): readonly ts.CallExpression[] {
    const all = callsOf(callable, this.#project);
    const one = all.filter((call) => call === this.#at);
    return one.length > 0 ? one : all;
  }

  #followNames(parent: ts.Node, visit: (name: ts.Node) => void): void {
    const held =
      ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)
        ? parent.name
        : ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
          ? parent.left
          : undefined;
    for (const use of held ? this.#usesOf(held) : []) visit(use);
  }

  /** Where a name is read. */
  #usesOf(name: ts.Node): ts.Node[] {
    const { checker } = this.#project;
    const symbol = symbolOf(name, checker);
    const text = ts.isPropertyAccessExpression(name) ? name.name.text : name.getText();
    return mentionsOf(text, name.getSourceFile())
      .filter((each) => symbol !== undefined && symbolOf(each, checker) === symbol)
      .map((each) =>
        ts.isPropertyAccessExpression(each.parent) && each.parent.name === each ? each.parent : each,
      )
      .filter((each) => each !== name && each.parent !== name);
  }
}
