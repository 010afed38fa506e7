import type { Setup } from '../setup/setup';
import { linesToAdd } from '../setup/setup-code';
import { placeOf } from '../source/walk';
import type { Proposal } from './propose';
import type { Survey } from './survey';

/** What was found, in the order a reader asks. */
export function describeFound({ gates, jwt }: Survey): string {
  const lines = [
    ...gates.map(({ name, node }) => `${placeOf(node)}  ${name}, a gate that refreshes on a 401`),
    ...(jwt ? [`${jwt.place}  JwtModule.forRoot of @auth0/angular-jwt`] : []),
  ];
  return section('Found', lines);
}

export function describeEquivalent(setup: Setup, kind: 'standalone' | 'module'): string {
  return section('The equivalent', linesToAdd(setup, kind).split('\n'));
}

/** What a person has to look at. Nothing of it is touched. */
export function describeUntranslated(survey: Survey, { assumed }: Proposal): string {
  const { others, jwt, decoders, gates, storages } = survey;
  const lines = [
    ...assumed.map((each) => `assumed: ${each}`),
    ...others.map(({ name, node, kind }) =>
      kind === 'attaches'
        ? `${placeOf(node)}  ${name} adds Authorization itself: ngx-bearer leaves such a request alone, take it out`
        : `${placeOf(node)}  ${name} looks at 401 in a way that is not known: see whether it is still needed`,
    ),
    ...(jwt?.untranslated ?? []).map((each) => `${jwt?.place ?? ''}  ${each}`),
    ...decoders.map(
      ({ fileName }) => `${fileName.slice(1)}  JwtHelperService: AuthSession has claims() and expiresAt()`,
    ),
    ...storages
      .slice(0, 1)
      .map(({ place }) => `${place}  tokens stored so far are not read: users sign in once more`),
    ...gates.map(
      ({ node }) =>
        `${placeOf(node)}  what else this code does, such as leading to a sign-in page on failure`,
    ),
    'send the login with { context: skipAuth() }, and give its answer to AuthSession.signIn; at a sign-out, call signOut',
  ];
  return section('Not translated, for you to look at', lines);
}

export function describeMissing({ missing }: Proposal): string {
  return section('The code does not tell', missing);
}

function section(title: string, lines: readonly string[]): string {
  return `${title}\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n`;
}
