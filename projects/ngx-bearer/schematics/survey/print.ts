import { plain } from '../source/text';
import { firstLine, placeOf } from '../source/walk';
import { statusesIn } from './gate-rule';
import type { TokenUse } from './storages';
import type { RegisteredInterceptor, Survey } from './survey';
import type { TokenCall } from './token-calls';

/** What the application does about tokens, with file and line, in the order in which a reader changes it. */
export function describeSurvey(survey: Survey): string {
  const { interceptors, otherGates, tokenCalls, tokenUses, environments, clients, own } = survey;
  const calls = (kind: TokenCall['kind']) =>
    tokenCalls.filter((each) => each.kind === kind).map(describeCall);
  return [
    section('Interceptors', interceptors.flatMap(describeInterceptor)),
    section(
      'Refreshes that are no interceptor',
      otherGates.map((node) => `${placeOf(node)}  refreshes on a 401; calls go through it`),
    ),
    section('Refresh', calls('refresh')),
    section('Sign-in', calls('sign-in')),
    section('Sign-out', calls('sign-out')),
    section('Tokens in the storage of the browser', tokenUses.map(describeUse)),
    section(
      'Environment files',
      environments.map((node) => `${placeOf(node)}  ${node.text}`),
    ),
    section(
      'HttpClient is provided',
      clients.map((node) => `${placeOf(node)}  ${firstLine(node)}`),
    ),
    section('Other packages that handle tokens', describePackages(survey)),
    section(
      'ngx-bearer',
      own.map((node) => `${placeOf(node)}  ${firstLine(node)}`),
    ),
  ].join('');
}

function describePackages({ jwt, decoders, libraries }: Survey): string[] {
  return [
    ...(jwt ? [`${jwt.place}  JwtModule.forRoot of @auth0/angular-jwt`] : []),
    ...decoders.map((node) => `${placeOf(node)}  JwtHelperService`),
    ...libraries.map(({ name, place }) => `${place}  ${name}`),
  ];
}

export function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `${title}\n${lines.map((line) => (line === '' ? '' : `  ${line.replaceAll('\n', '\n  ')}`)).join('\n')}\n\n`;
}

function describeInterceptor(interceptor: RegisteredInterceptor): string[] {
  const {
    name,
    node,
    isGate,
    isAhead,
    header,
    registrations,
    otherHeaders,
    sendsCredentials,
    rewrite,
    reactions,
  } = interceptor;
  const does = [
    ...(isGate ? ['a gate: it refreshes on a 401'] : []),
    ...(isAhead ? ['refreshes before it sends'] : []),
    ...(header ? [`attaches the token as ${[header.name, header.scheme].join(' ').trim()}`] : []),
    ...(!isGate && statusesIn(interceptor.reach).has(401) ? ['looks at 401'] : []),
    ...(otherHeaders.length > 0 ? [`sets ${otherHeaders.join(', ')}`] : []),
    ...(sendsCredentials ? ['sends cookies'] : []),
    ...(rewrite ? ['changes URLs'] : []),
    ...(reactions.length > 0 ? ['reacts to failures'] : []),
  ];
  const places = registrations.map((each) => placeOf(each.node));
  const where =
    places.length > 0 ? `registered at ${places.join(', ')}` : 'not registered where the application starts';
  return [`${placeOf(node)}  ${name}: ${does.join(', ') || 'does nothing about tokens'}; ${where}`];
}

function describeCall({ place, method, text, url, parts, answer }: TokenCall): string {
  const { body } = parts;
  const fields =
    body.kind === 'json' || body.kind === 'form' ? body.fields.map(([name]) => name).join(', ') : '';
  const sent = fields ? ` { ${fields} }` : body.kind === 'none' ? '' : ' a body';
  const headers =
    parts.headers.length > 0 ? `, headers ${parts.headers.map(([name]) => name).join(', ')}` : '';
  const read = answer
    ? `; reads ${[answer.access, answer.refresh].flatMap((path) => path?.join('.') ?? []).join(', ')}`
    : '';
  return `${place}  ${method} ${plain(text) ?? url.getText()}${sent}${headers}${parts.sendsCredentials ? ', with cookies' : ''}${read}`;
}

function describeUse({ place, does, key, area }: TokenUse): string {
  const where = {
    cookie: 'a cookie',
    other: 'another storage',
    local: 'localStorage',
    session: 'sessionStorage',
  }[area];
  return `${place}  ${does} ${key === '*' ? 'all' : key} in ${where}`;
}
