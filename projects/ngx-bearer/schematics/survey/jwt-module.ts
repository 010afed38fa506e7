import ts from 'typescript';
import type { Project } from '../source/project';
import { allCalls } from '../source/symbols';
import { plain, type Text, textOf } from '../source/text';
import { placeOf, valueOf } from '../source/walk';

/** What `JwtModule.forRoot` of @auth0/angular-jwt is told, in words of `provideAuth`, and what has none. */
export interface ReadJwt {
  readonly call: ts.CallExpression;
  readonly place: string;
  readonly allow: readonly Text[];
  readonly headerName?: string;
  readonly scheme?: string;
  readonly untranslated: readonly string[];
}

const LOOPBACK = /^(localhost|127\.0\.0\.1)(:|$)/;
const TRANSLATED = ['tokenGetter', 'allowedDomains', 'headerName', 'authScheme'];

const ADVICE: Readonly<Record<string, string>> = {
  disallowedRoutes: 'send these requests with { context: skipAuth() }',
  skipWhenExpired: 'not needed: a request whose token ran out waits for a new one',
  throwNoTokenError: 'send requests that need a session with { context: requireAuth() }',
};

/** Reads a call of `JwtModule.forRoot`, wherever it stands. */
export function readJwt(project: Project): ReadJwt | undefined {
  const call = allCalls(project).find(({ expression }) => expression.getText() === 'JwtModule.forRoot');
  if (!call) return undefined;
  const config = valueOf(call.arguments[0], 'config');
  const headerName = plain(textOf(valueOf(config, 'headerName'), project));
  const scheme = plain(textOf(valueOf(config, 'authScheme'), project))?.trim();
  const { allow, untranslated } = readDomains(valueOf(config, 'allowedDomains'), project);
  return {
    call,
    place: placeOf(call),
    allow,
    ...(headerName === undefined ? {} : { headerName }),
    ...(scheme === undefined ? {} : { scheme }),
    untranslated: [...untranslated, ...otherOptions(config), ...unread(config, project)],
  };
}

function readDomains(
  list: ts.Expression | undefined,
  project: Project,
): Pick<ReadJwt, 'allow' | 'untranslated'> {
  const elements = list && ts.isArrayLiteralExpression(list) ? [...list.elements] : list ? [list] : [];
  const read = elements.map((element) => ({ element, domain: textOf(element, project) }));
  return {
    allow: read.flatMap(({ domain }) => (domain === undefined ? [] : [addressOf(domain)])),
    untranslated: read
      .filter(({ domain }) => domain === undefined)
      .map(
        ({ element }) =>
          `allowedDomains: ${element.getText()} is no text; say with --api where the token may go`,
      ),
  };
}

function addressOf(domain: Text): Text {
  const scheme = LOOPBACK.test(plain(domain) ?? '') ? 'http://' : 'https://';
  const [first = '', ...rest] = domain;
  return typeof first === 'string' ? [scheme + first, ...rest] : [scheme, first, ...rest];
}

function otherOptions(config: ts.Expression | undefined): string[] {
  if (!config || !ts.isObjectLiteralExpression(config)) {
    return ['its config is no object that can be read'];
  }
  return config.properties
    .map((property) => property.name?.getText() ?? property.getText())
    .filter((name) => !TRANSLATED.includes(name))
    .map((name) => `${name}: ${ADVICE[name] ?? 'has no equivalent that is known'}`);
}

/** Options whose value is computed, so that what they say cannot be told from here. */
function unread(config: ts.Expression | undefined, project: Project): string[] {
  return ['headerName', 'authScheme'].flatMap((name) => {
    const value = valueOf(config, name);
    const isRead = !value || textOf(value, project) !== undefined;
    return isRead ? [] : [`${name}: ${value.getText()} is no text; set it in provideAuth`];
  });
}
