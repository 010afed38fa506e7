import { AuthError } from '../auth-errors';
import { parseUrl } from './parse-url';
import { safePredicate } from './safe-predicate';

/** Where the token may go: an origin, an origin with a path, a path on the app's own origin, or a function. */
type AllowRule = string | ((url: URL) => boolean);

/** What URLs are judged by. */
export interface ScopeOptions {
  readonly allow: readonly AllowRule[];
  readonly allowInsecure: boolean;
  /** `location.origin`, or null where the page has none that can be trusted: path rules then cover nothing. */
  readonly ownOrigin: string | null;
  /**
   * What the browser resolves a relative URL against: `document.baseURI`, asked each time. Null on a server, where
   * it would come from the Host header: no relative URL is inside then.
   */
  readonly baseUri: () => string | null;
}

const MEMO_LIMIT = 1000;
const OWN = 'https://own.invalid';
const LOOPBACK = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/;

const WITH_HOST = /^https?:\/\//i;

const EXPECTED =
  "write an origin ('https://api.example.com'), an origin with a path, or a path ('/api'), without user, query, fragment, '*' or '..'";

/** A `..` segment once %2f, %5c and %2e are decoded: a server may decode them before it resolves the path. */
const CLIMBS = /(\/|\\|%2f|%5c)(\.|%2e){2}($|\/|\\|%2f|%5c)/i;

/** More specific than any function is an origin, and than that each character of a path. */
const BY_FUNCTION = 1;
const BY_ORIGIN = 2;

/**
 * Answers for each URL how specific the rule is by which the token may go there, 0 for no rule: judged by the WHATWG URL that the
 * browser would fetch. Answers are remembered, unless a function has its say.
 */
export function createSpecificity(options: ScopeOptions): (url: string) => number {
  // The most specific rule that covers a URL is then the first.
  const rules = options.allow
    .map((rule) => readRule(rule, options))
    .sort((a, b) => b.specificity - a.specificity);
  const isFixed = options.allow.every((rule) => typeof rule === 'string');
  const memo = new Map<string, number>();
  let memoBase: string | null = null;

  return (url) => {
    // What names its host means the same wherever it stands, and browsers take their time to tell the base.
    const base = WITH_HOST.test(url) ? memoBase : options.baseUri();
    if (base !== memoBase || memo.size >= MEMO_LIMIT) memo.clear();
    memoBase = base;
    const known = memo.get(url);
    if (known !== undefined) return known;
    const target = resolveUrl(url, base);
    const rule = target && rules.find(({ covers }) => covers(target));
    const specificity = rule ? rule.specificity : 0;
    if (isFixed) memo.set(url, specificity);
    return specificity;
  };
}

/**
 * The URL that the browser would fetch, or null if it is unknown. Without a base only a URL that names its host in full is
 * known: Angular on a server takes `https:/path` for a relative URL, which the URL parser does not.
 */
export function resolveUrl(url: string, base: string | null): URL | null {
  return base !== null || WITH_HOST.test(url) ? parseUrl(url, base) : null;
}

interface Rule {
  readonly specificity: number;
  readonly covers: (url: URL) => boolean;
}

function readRule(rule: AllowRule, { allowInsecure, ownOrigin }: ScopeOptions): Rule {
  const { origin, path } =
    typeof rule === 'string' ? readPlace(rule, allowInsecure) : { origin: null, path: null };
  const covers = (url: URL): boolean => {
    if (!/^https?:/.test(url.protocol) || url.username || url.password) return false;
    if (typeof rule === 'function') {
      const isSecure = allowInsecure || !isInTheClear(url) || url.origin === ownOrigin;
      return isSecure && safePredicate(() => rule(new URL(url)));
    }
    const isInside = url.pathname === path || url.pathname.startsWith(`${path}/`);
    return url.origin === (origin ?? ownOrigin) && isInside && !CLIMBS.test(url.pathname);
  };
  return { covers, specificity: path === null ? BY_FUNCTION : BY_ORIGIN + path.length };
}

/** Whether anybody on the way could read what is sent there. */
export function isInTheClear({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !LOOPBACK.test(hostname);
}

/**
 * Reads a rule: its path has no slash at the end, and its origin is null for the app's own.
 *
 * @throws AuthError `bad-config` for anything that is not an https origin with an optional path, or a path.
 */
export function readPlace(rule: string, allowInsecure: boolean): { origin: string | null; path: string } {
  const isPath = rule.startsWith('/');
  const url = parseUrl(rule, OWN);
  const isPlace = url && (isPath ? url.origin === OWN : WITH_HOST.test(rule));
  const isPlain = isPlace && !/[?#*]/.test(rule) && !CLIMBS.test(rule) && !url.username && !url.password;
  if (!isPlain || (!allowInsecure && isInTheClear(url))) {
    throw new AuthError(
      'bad-config',
      ngDevMode &&
        `'allow' holds '${rule}': ${isPlain ? 'use https, or set allowInsecure to send tokens in the clear' : EXPECTED}.`,
    );
  }
  return { origin: isPath ? null : url.origin, path: url.pathname.replace(/\/+$/, '') };
}
