import ts from 'typescript';
import type { Project } from '../source/project';
import { allCalls, calleeOf, callsOf, holderOf } from '../source/symbols';
import { plain, textOf, withArguments } from '../source/text';
import { findAll, placeOf, valueOf } from '../source/walk';

/** A place where the code keeps tokens of its own. */
export interface TokenUse {
  readonly node: ts.Node;
  readonly place: string;
  /** `other`: a place that a package, a database or a phone provides. */
  readonly area: 'local' | 'session' | 'cookie' | 'other';
  readonly does: 'reads' | 'writes' | 'removes';
  readonly key: string;
}

const TOKEN = /token|jwt|bearer/i;
const SESSION = /user|auth|session|credential|account|login/i;
const OTHER = /storage|preferences|secure|keychain|database|\bdb\b|localforage|idb|store$/i;
const METHOD = {
  getItem: 'reads',
  get: 'reads',
  setItem: 'writes',
  set: 'writes',
  removeItem: 'removes',
  delete: 'removes',
  remove: 'removes',
} as const;

/** What the code does with tokens in the storage of the browser. */
export function readTokenUses(project: Project): TokenUse[] {
  const calls = allCalls(project);
  const uses = [
    ...calls.flatMap((call) => readCall(call, project)),
    ...readFields(project),
    ...calls.flatMap((call) => readOther(call, project)),
  ];
  const tokens = uses.filter(({ key }) => TOKEN.test(key) && !/csrf|xsrf/i.test(key));
  const inObjects = uses.filter(({ key }) => SESSION.test(key));
  const known = tokens.length > 0 ? tokens : inObjects;
  const keys = new Set(known.map(({ key }) => key));
  return uses.filter(
    ({ key, area, does }) =>
      keys.has(key) || (key === '*' && does === 'removes' && known.some((each) => each.area === area)),
  );
}

function readCall(call: ts.CallExpression, project: Project): TokenUse[] {
  const { expression } = call;
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const area = areaOf(expression.expression);
  const method = expression.name.text;
  if (!area) return [];
  const found = { node: call, place: placeOf(call), area };
  if (/^(clear|deleteAll)$/.test(method)) return [{ ...found, does: 'removes', key: '*' }];
  const does = Object.hasOwn(METHOD, method) ? METHOD[method as keyof typeof METHOD] : undefined;
  const [name] = call.arguments;
  if (!does || !name) return [];
  const key = plain(textOf(name, project));
  if (key !== undefined) return [{ ...found, does, key }];
  const callers = callersOf(call, name, project).map((each) => ({ ...each, area, does }));
  return callers.length > 0 ? callers : [{ ...found, does, key: name.getText() }];
}

/** `Preferences.set({ key: 'token', value })`, `this.storage.set('token', value)` of a package. */
function readOther(call: ts.CallExpression, project: Project): TokenUse[] {
  const { expression } = call;
  const isKeeping =
    ts.isPropertyAccessExpression(expression) && /^(set|store|setItem|put|save)$/.test(expression.name.text);
  if (!isKeeping || !OTHER.test(expression.expression.getText()) || calleeOf(call, project)) return [];
  const [first] = call.arguments;
  const key = plain(textOf(valueOf(first, 'key') ?? first, project));
  const isKnown = key === undefined || areaOf(expression.expression) !== undefined;
  return isKnown ? [] : [{ node: call, place: placeOf(call), area: 'other', does: 'writes', key }];
}

/** A storage behind a function of the application: what calls it says the key. */
function callersOf(call: ts.CallExpression, name: ts.Expression, project: Project) {
  const holder = holderOf(call);
  if (!holder || holder.parameters.length === 0) return [];
  return callsOf(holder, project).flatMap((caller) => {
    const key = plain(textOf(name, project, withArguments(caller, holder, { project })));
    return key === undefined ? [] : [{ node: caller, place: placeOf(caller), key }];
  });
}

function areaOf(receiver: ts.Expression): TokenUse['area'] | undefined {
  const text = receiver.getText();
  const [, area] = /(?:^|\.)(local|session)Storage$/.exec(text) ?? [];
  if (area === 'local' || area === 'session') return area;
  return /cookies?(service)?$/i.test(text) && text !== 'document.cookie' ? 'cookie' : undefined;
}

/** `localStorage.token` and `localStorage['token']` */
function readFields({ sources }: Project): TokenUse[] {
  return sources.flatMap((source) => {
    const named = findAll(source, ts.isPropertyAccessExpression).map((node) => ({
      node,
      key: node.name.text,
    }));
    const indexed = findAll(source, ts.isElementAccessExpression).map((node) => ({
      node,
      key: ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : '',
    }));
    return [...named, ...indexed].flatMap(({ node, key }) => {
      const [, area] = /(?:^|\.)(local|session)Storage$/.exec(node.expression.getText()) ?? [];
      const isMethod = ts.isCallExpression(node.parent) && node.parent.expression === node;
      if ((area !== 'local' && area !== 'session') || isMethod) return [];
      const isWritten = ts.isBinaryExpression(node.parent) && node.parent.left === node;
      const does = ts.isDeleteExpression(node.parent) ? 'removes' : isWritten ? 'writes' : 'reads';
      return [{ node, place: placeOf(node), area, does, key }];
    });
  });
}
