import { isInsecure, readPlace, type SetupOptions } from '../setup/options';
import type { Refresh } from '../setup/setup';
import type { Project } from '../source/project';
import { expand, plain, type Reference, type Text } from '../source/text';
import { placeOf } from '../source/walk';
import type { Survey } from '../survey/survey';
import { valuesElsewhere } from './environments';

export interface Allowed {
  readonly allow: readonly Text[];
  readonly questions: string[];
  readonly assumed: readonly string[];
}

interface Given {
  readonly survey: Survey;
  readonly options: SetupOptions;
  readonly refresh: Refresh | undefined;
}

/** Where requests go: an address, a constant that holds one, or the application's own origin. */
interface Base {
  readonly text: Text;
  readonly address: string | undefined;
}

const WHERE = 'Where does the API live? Answer with --api.';
const STATIC = /^\/?(assets|i18n)\/|\.(json|svg|html)$/;

/** Where the token may go. A gate written by hand sends it everywhere, so this is what the code calls on the same site. */
export function proposeAllow({ survey, options, refresh }: Given, project: Project): Allowed {
  if (options.api !== undefined) {
    const { api, allowInsecure } = options;
    return {
      allow: [[readPlace('--api', api, { example: 'https://api.example.com', allowInsecure }) || '/']],
      questions: [],
      assumed: [],
    };
  }
  if (survey.jwt && survey.jwt.allow.length > 0)
    return checked(survey.jwt.allow.map(baseFrom), options, project);
  const home = refresh && refresh.url[0] !== undefined ? baseFrom(refresh.url) : undefined;
  if (!home)
    return {
      allow: [['https://api.example.com']],
      questions: [WHERE],
      assumed: [],
    };
  const others = survey.urls.flatMap(({ text, node }) =>
    text && !STATIC.test(plain(text) ?? '') ? [{ base: baseFrom(text), node }] : [],
  );
  const near = distinct([home, ...others.map(({ base }) => base).filter((base) => isNear(base, home))]);
  const far = others.filter(({ base }) => !isNear(base, home));
  const { allow, questions, assumed } = checked(near, options, project);
  // A whole URL that only the running application knows: its origin cannot be written down.
  if (refresh?.url.length === 1 && home.address === undefined) questions.push(WHERE);
  return {
    allow,
    questions,
    assumed: [
      ...assumed,
      ...far
        .slice(0, 5)
        .map(
          ({ base, node }) =>
            `no token goes to ${base.address ?? 'what is called'} (${placeOf(node)}), which is another site; if it is yours, add it to allow`,
        ),
    ],
  };
}

function baseFrom(text: Text): Base {
  const [first = '', ...rest] = expand(text);
  if (typeof first === 'object') return referenceBase(first, rest);
  if (/^https?:\/\//i.test(first)) {
    const [origin = first] = /^https?:\/\/[^/]+/i.exec(first) ?? [];
    return { text: [origin], address: origin };
  }
  const path = `/${first.replace(/^\/+/, '')}`;
  const [segment = '/'] = /^\/[^/?#]+(?=\/)/.exec(path) ?? [];
  return { text: [segment], address: segment };
}

/** A constant that holds the address of the API, or a whole URL, of which the origin counts. */
function referenceBase(reference: Reference, rest: Text): Base {
  const value = plain(reference.value);
  const isWhole = rest.length === 0 && /^https?:\/\/[^/]+\/./i.test(value ?? '');
  if (isWhole && value !== undefined) return baseFrom([value]);
  if (value === '') return baseFrom(rest);
  return { text: [reference], address: value };
}

function codeOf(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : part.code)).join('');
}

/** The same host, or a neighbour below the same domain. */
function isNear({ address }: Base, home: Base): boolean {
  if (address === undefined || home.address === undefined) return address === home.address;
  const [one, other] = [address, home.address].map(siteOf);
  return one === other;
}

function siteOf(address: string): string {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return 'own';
  const { hostname, host } = new URL(address);
  return /^[\d.]+$|^localhost$/.test(hostname) ? host : hostname.split('.').slice(-2).join('.');
}

function distinct(bases: readonly Base[]): Base[] {
  const nameOf = ({ address, text }: Base) => address ?? JSON.stringify(text);
  const unique = bases.filter(
    (base, index) => bases.findIndex((each) => nameOf(each) === nameOf(base)) === index,
  );
  if (unique.some(({ address }) => address === '/'))
    return unique.filter(({ address }) => !/^\/./.test(address ?? ''));
  // A constant inside another's reach adds nothing.
  return unique.filter(
    ({ address }, index) =>
      !unique.some(
        (each, at) =>
          at !== index &&
          address !== undefined &&
          each.address !== undefined &&
          address.startsWith(`${each.address.replace(/\/$/, '')}/`),
      ),
  );
}

/** What `provideAuth` would refuse at run time is asked now. */
function checked(bases: readonly Base[], options: SetupOptions, project: Project): Allowed {
  const questions = bases.flatMap(({ text }) => {
    const values = valuesElsewhere(text, project);
    return values.flatMap(({ value, place }) => problemOf(value, place, options));
  });
  const assumed = bases.map(
    ({ address, text }) => `the token may go to ${address ?? codeOf(text)} (else: --api)`,
  );
  return { allow: bases.map(({ text }) => text), questions: [...new Set(questions)], assumed };
}

function problemOf(value: string, place: string, { allowInsecure }: SetupOptions): string[] {
  const isPlace = value.startsWith('/') || /^https?:\/\//i.test(value);
  if (!isPlace)
    return [
      `Where does the API live? ${place} says '${value}', which is no address and no path. Answer with --api.`,
    ];
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !isInsecure(url) || allowInsecure) return [];
  return [
    `${place} says '${value}': over http anybody on the way reads tokens. Write https, or, in a network that is yours alone, answer with --allow-insecure.`,
  ];
}
