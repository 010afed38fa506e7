import type { AuthSettings } from '../auth-config';
import { agrees } from './agrees';
import { canResolve, readPlace } from './token-scope';

/** What a hint is made from. */
export interface HintOptions extends Pick<AuthSettings, 'allow' | 'allowInsecure'> {
  /** Whether somebody is signed in: nobody else misses a token. */
  readonly isSignedIn: () => boolean;
  /** `location.origin`, or null where the page has none that can be trusted. */
  readonly ownOrigin: string | null;
  /** What the browser resolves a relative URL against; null on a server. */
  readonly baseUri: () => string | null;
}

/** What is served as it is, and asks nobody who they are: `/i18n/en.json`, `/logo.svg`. */
const STATIC_FILE = /\.[a-z]\w{0,5}$/i;

/**
 * Wraps a scope for development: says once per origin why a request goes without the token that it seems to want.
 * It seems so with somebody signed in, on the site of the page or of a rule.
 */
export function withHints(
  isInScope: (url: string) => boolean,
  options: HintOptions,
): (url: string) => boolean {
  const told = new Set<string>();
  return (url) => {
    const isInside = isInScope(url);
    const target = isInside || !options.isSignedIn() ? null : missesToken(url, options);
    if (target && !told.has(target.origin)) {
      told.add(target.origin);
      console.warn(hintFor(target, options));
    }
    return isInside;
  };
}

/** Null for what is not of the same site, or has no business with a token. */
function missesToken(url: string, { allow, ownOrigin, baseUri }: HintOptions): URL | null {
  const base = baseUri();
  if (!canResolve(url, base)) return null;
  const target = new URL(url, base ?? undefined);
  if (!/^https?:$/.test(target.protocol) || target.username || STATIC_FILE.test(target.pathname)) return null;
  const known = [ownOrigin, ...allow].filter((place) => typeof place === 'string' && URL.canParse(place));
  return known.some((place) => siteOf(new URL(String(place))) === siteOf(target)) ? target : null;
}

/** Good enough for a hint: the list of public suffixes would be longer than the library. */
function siteOf({ hostname }: URL): string {
  return /[\d\]]$/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.');
}

function hintFor({ origin, pathname }: URL, { allow, allowInsecure, ownOrigin }: HintOptions): string {
  const path = pathname.split('/', 2).join('/');
  const hasRule = allow.some((rule) => typeof rule === 'string' && rule.startsWith(origin));
  const entry = origin === ownOrigin ? path : origin + (hasRule ? path : '');
  const remedy = agrees(() => !!readPlace(entry, allowInsecure))
    ? `add '${entry}' to 'allow'`
    : 'call it by https';
  return (
    `ngx-bearer: ${origin}${pathname} is called without the token, since nothing in 'allow' covers it. If it is to ` +
    `get the token, ${remedy}. Told once for ${origin}, and only in development.`
  );
}
