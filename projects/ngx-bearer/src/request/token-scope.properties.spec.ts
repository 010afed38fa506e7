import { type Arbitrary, array, boolean, constantFrom, oneof, record, string, tuple } from 'fast-check';
import { AuthError } from '../auth-errors';
import { checkSame, holdsForAll } from '../spec/holds-for-all';
import { bases, hostileUrls } from '../spec/hostile-urls';
import { afterwards } from '../spec/setup';
import { createTokenScope } from '../spec/token-scope';
import { readPlace } from './token-scope';

const OWN_ORIGIN = 'https://app.example';

/** A rule as it is written, and the place that it names as a browser spells it. */
interface Rule {
  readonly text: string;
  /** Null for the app's own. */
  readonly origin: string | null;
  readonly segments: readonly string[];
}

/** What a browser would ask, and whom. */
interface Target {
  readonly origin: string;
  readonly path: string;
}

/** Each as it is written, then as a browser spells it. */
const origins = oneof(
  {
    weight: 3,
    arbitrary: constantFrom<[string, string | null]>(['https://api.example.com', 'https://api.example.com']),
  },
  { weight: 2, arbitrary: constantFrom<[string, string | null]>(['', null]) },
  {
    weight: 2,
    arbitrary: constantFrom<[string, string | null][]>(
      ['HTTPS://API.example.com:443', 'https://api.example.com'],
      ['https://аpi.example.com', 'https://xn--pi-6kc.example.com'],
      ['https://api.example.com:8443', 'https://api.example.com:8443'],
      ['http://localhost:4200', 'http://localhost:4200'],
      ['http://api.example.com', 'http://api.example.com'],
    ),
  },
);
const segments = oneof(
  constantFrom<[string, string]>(['v1', 'v1']),
  constantFrom<[string, string][]>(['orders', 'orders'], ['a%2fb', 'a%2fb'], ['é', '%C3%A9'], ['...', '...']),
);
const rules: Arbitrary<Rule> = tuple(
  origins,
  oneof({ weight: 3, arbitrary: array(segments, { maxLength: 1 }) }, array(segments, { maxLength: 2 })),
  constantFrom('', '/'),
).map(([[origin, spelledOrigin], path, slash]) => ({
  text: `${origin}${path.map(([segment]) => `/${segment}`).join('')}${slash}` || '/',
  origin: spelledOrigin,
  segments: path.map(([, segment]) => segment),
}));
const ruleLists = array(rules, { minLength: 1, maxLength: 2 });
const ownOrigins = oneof({ weight: 4, arbitrary: constantFrom(OWN_ORIGIN) }, constantFrom(null));
const questions = record({ rules: ruleLists, url: hostileUrls, base: bases, ownOrigin: ownOrigins });

describe('the scope, for any rules and any URL', () => {
  it('covers exactly what a browser would ask below a rule, segment by segment', () => {
    const answers: boolean[] = [];
    holdsForAll(questions, ({ rules: list, url, base, ownOrigin }) => {
      const isInside = makeScope(list, base, ownOrigin)(url);
      answers.push(isInside);
      const target = resolve(url, base);
      checkSame(
        isInside,
        list.some((rule) => target !== null && isBelow(target, rule, ownOrigin)),
      );
    });
    expect(answers.filter(Boolean).length).toBeGreaterThan(1_000);
    expect(answers.filter((isInside) => !isInside).length).toBeGreaterThan(1_000);
  });

  it('covers nothing that a server finds elsewhere once it has decoded the whole path', () => {
    holdsForAll(questions, ({ rules: [rule], url, base }) => {
      if (!rule || !makeScope([rule], base)(url)) return;
      const found = climb(decode(resolve(url, base)?.path ?? ''));
      const below = rule.segments.flatMap((segment) => climb(decode(segment)));
      checkSame(found.slice(0, below.length), below);
    });
  });

  it('goes by where a link of the document leads, whatever its base', () => {
    const base = document.createElement('base');
    document.head.append(base);
    afterwards(() => {
      base.remove();
    });
    holdsForAll(questions, ({ rules: list, url, base: href, ownOrigin }) => {
      base.href = href;
      // One link for all would lead nowhere else in jsdom once it has led to a blob.
      const link = document.createElement('a');
      // A link of Chromium takes no half of a pair of surrogates; fetch replaces it first, as URL does.
      link.setAttribute('href', url.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
      const scope = createTokenScope({
        ...scopeOptions(list, '', ownOrigin),
        baseUri: () => document.baseURI,
      });
      const target = readHref(link.href);
      checkSame(
        scope(url),
        list.some((rule) => target !== null && isBelow(target, rule, ownOrigin)),
      );
    });
  });

  it('says of a URL what it says of any other spelling of it', () => {
    let pairs = 0;
    holdsForAll(tuple(questions, spellings), ([{ rules: list, url, base }, respell]) => {
      const target = parse(url, base)?.href;
      const respelled = target && respell(url, target);
      if (!respelled || respelled === url || parse(respelled, base)?.href !== target) return;
      pairs++;
      const scope = makeScope(list, base);
      checkSame(scope(respelled), scope(url));
    });
    expect(pairs).toBeGreaterThan(1_000);
  });

  it('does not look at the query and the fragment', () => {
    const endings = oneof(constantFrom('', '../v1', 'https://api.example.com/v1', '%2e%2e/', '@'), string());
    holdsForAll(tuple(questions, endings, endings), ([{ rules: list, url, base }, search, hash]) => {
      const changed = parse(url, base);
      if (!changed) return;
      Object.assign(changed, { search, hash });
      const scope = makeScope(list, base);
      checkSame(scope(changed.href), scope(url));
    });
  });

  it('says what one that remembers nothing says, whatever it was asked before and from whichever base', () => {
    let base = '';
    const allow = ['/v1', 'https://api.example.com/v1', 'http://localhost:4200'];
    const options = { allowInsecure: false, ownOrigin: OWN_ORIGIN, baseUri: () => base };
    const old = createTokenScope({ ...options, allow });
    // A function has its say each time, so this one remembers nothing.
    const forgetful = createTokenScope({ ...options, allow: [...allow, () => false] });
    const urls = oneof(hostileUrls, constantFrom('https://api.example.com/v1', '/v1', '', 'v1', 'orders'));
    holdsForAll(tuple(bases, bases, urls), ([here, there, url]) => {
      for (const from of [here, there]) {
        base = from;
        const isInside = forgetful(url);
        checkSame(old(url), isInside);
        checkSame(old(url), isInside);
      }
    });
  });

  it('asks a function about https, and http where it may, without a user, with the URL that would be fetched', () => {
    holdsForAll(tuple(hostileUrls, bases, boolean(), boolean()), ([url, base, answer, allowInsecure]) => {
      const asked: string[] = [];
      const allow = [({ href }: URL) => asked.push(href) > 0 && answer];
      const scope = createTokenScope({ allow, allowInsecure, ownOrigin: null, baseUri: () => base });
      const target = resolve(url, base) && parse(url, base);
      const isAsked = target && (allowInsecure || target.protocol === 'https:' || isLoopback(target));
      checkSame([scope(url), asked], isAsked ? [answer, [target.href]] : [false, []]);
    });
  });
});

describe('a rule, for any text', () => {
  it('names the place that it is written for', () => {
    holdsForAll(rules, ({ text, origin, segments: path }) => {
      checkSame(readPlace(text, true), { origin, path: path.map((segment) => `/${segment}`).join('') });
    });
  });

  it('names a plain place, or is refused with bad-config', () => {
    const texts = oneof(
      hostileUrls,
      rules.map(({ text }) => text),
      string({ unit: 'binary' }),
    );
    let places = 0;
    holdsForAll(tuple(texts, boolean()), ([text, allowInsecure]) => {
      const end = placeOrError(text, allowInsecure);
      if (end instanceof Error) return end instanceof AuthError && end.code === 'bad-config';
      places++;
      const url = new URL(`${end.origin ?? OWN_ORIGIN}${end.path}`);
      const isSecure = url.protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
      checkSame([url.origin, url.search, url.hash], [end.origin ?? OWN_ORIGIN, '', '']);
      return (isSecure || allowInsecure) && /^(\/.*[^/])?$/.test(end.path) && !/[?#@]/.test(end.origin ?? '');
    });
    expect(places).toBeGreaterThan(1_000);
  });

  it('is refused for http to another machine without allowInsecure', () => {
    holdsForAll(rules, ({ text, origin }) => {
      const isRefused = placeOrError(text, false) instanceof AuthError;
      checkSame(isRefused, origin === 'http://api.example.com');
    });
  });
});

/** Other ways to write a URL. Most come to the same, and those that do not are left out. */
const spellings = constantFrom<((url: string, href: string) => string)[]>(
  (_url, href) => href,
  (url) => `\t ${url} \n`,
  (url) => url.replaceAll('/', '\\'),
  (url) => url.replaceAll('\\', '/'),
  (url) => url.replace(/^https/i, 'hTtPs'),
  (url) => url.replace('example.com', 'EXAMPLE.com:443'),
  (url) => url.replace('api.', 'ａｐｉ。'),
  (url) => url.replace('//', '///\\'),
  (url) => url.split('').join('\n'),
  (url) => url.replaceAll('/v1', '/x/../v1/.'),
  (url) => url.replaceAll('..', '%2e.'),
);

function makeScope(list: Rule[], base: string, ownOrigin: string | null = OWN_ORIGIN) {
  return createTokenScope(scopeOptions(list, base, ownOrigin));
}

function scopeOptions(list: Rule[], base: string, ownOrigin: string | null) {
  return { allow: list.map(({ text }) => text), allowInsecure: true, ownOrigin, baseUri: () => base };
}

function parse(url: string, base: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}

/** Null for what is not asked over http or https, and for what names a user. */
function resolve(url: string, base: string): Target | null {
  return readHref(parse(url, base)?.href ?? '');
}

function readHref(href: string): Target | null {
  const parts = /^(https?:\/\/[^/?#@]+)\/([^?#]*)/.exec(href);
  return parts && { origin: parts[1] ?? '', path: parts[2] ?? '' };
}

function isBelow({ origin, path }: Target, rule: Rule, ownOrigin: string | null): boolean {
  const found = path.split('/');
  const decoded = path.replaceAll(/%2f|%5c/gi, '/').replaceAll(/%2e/gi, '.');
  return (
    origin === (rule.origin ?? ownOrigin) &&
    rule.segments.every((segment, index) => segment === found[index]) &&
    !decoded.split('/').includes('..')
  );
}

function decode(path: string): string {
  return path.replaceAll(/(%[\da-f]{2})+/gi, (bytes) => {
    const codes = bytes.slice(1).split('%');
    return new TextDecoder().decode(Uint8Array.from(codes, (code) => parseInt(code, 16)));
  });
}

/** Resolves a decoded path as file systems do. */
function climb(path: string): string[] {
  const reached: string[] = [];
  for (const segment of path.split(/[/\\]/)) {
    if (segment === '..') reached.pop();
    else if (segment !== '.') reached.push(segment);
  }
  return reached;
}

function placeOrError(text: string, allowInsecure: boolean): ReturnType<typeof readPlace> | Error {
  try {
    return readPlace(text, allowInsecure);
  } catch (error) {
    return error as Error;
  }
}

function isLoopback({ hostname }: URL): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(hostname) || hostname.endsWith('.localhost');
}
