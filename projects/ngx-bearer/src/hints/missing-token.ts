import { parseUrl } from '../request/parse-url';
import { safePredicate } from '../request/safe-predicate';
import { readPlace, type ScopeOptions } from '../request/token-scope';
import { warnOnce } from './warn-once';

/** The rules, and the page that they are for. */
export type HintOptions = Omit<ScopeOptions, 'baseUri'>;

/** Served as it is, to everybody: `/i18n/en.json`, `/logo.svg`. */
const STATIC_FILE = /\.[a-z]\w{0,5}$/i;

/**
 * Warns once per origin of a request that is sent without the token, but seems to need it: it is sent with somebody
 * signed in, to the site of the page or of a rule.
 */
export function warnOfMissingToken(target: URL, options: HintOptions): void {
  if (seemsToNeedToken(target, options)) {
    warnOnce(textFor(target, options), `missing token ${target.origin}`);
  }
}

export function isStaticFile({ pathname }: URL): boolean {
  // Vite's own requests begin with `/@`.
  return STATIC_FILE.test(pathname) || pathname.startsWith('/@');
}

function seemsToNeedToken(target: URL, { allow, ownOrigin }: HintOptions): boolean {
  if (!/^https?:$/.test(target.protocol) || target.username || isStaticFile(target)) return false;
  const known = [ownOrigin, ...allow].map((place) => (typeof place === 'string' ? parseUrl(place) : null));
  return known.some((place) => place && siteOf(place) === siteOf(target));
}

/** Good enough for a hint: the list of public suffixes would be longer than the library. */
function siteOf({ hostname }: URL): string {
  return /[\d\]]$/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.');
}

function textFor({ origin, pathname }: URL, { allow, allowInsecure, ownOrigin }: HintOptions): string {
  const path = pathname.split('/', 2).join('/');
  const hasRule = allow.some((rule) => typeof rule === 'string' && rule.startsWith(origin));
  const entry = origin === ownOrigin ? path : origin + (hasRule ? path : '');
  const remedy = safePredicate(() => !!readPlace(entry, allowInsecure))
    ? `add '${entry}' to 'allow'`
    : 'call it by https';
  return (
    `${origin}${pathname} was called without the token, since no rule in 'allow' matches it. If it needs the token, ` +
    `${remedy}. If a later interceptor changes this URL, put authInterceptor after that one.`
  );
}
