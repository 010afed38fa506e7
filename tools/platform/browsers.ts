import bcd, {
  type BrowserName,
  type Identifier,
  type ReleaseStatement,
  type SimpleSupportStatement,
} from '@mdn/browser-compat-data' with { type: 'json' };

/**
 * The oldest browsers of Angular 20, the lowest Angular that the package allows: `.browserslistrc` of `@angular/build`
 * 20.1.0 (https://github.com/angular/angular-cli/blob/20.1.0/packages/angular/build/.browserslistrc). From 21 on the
 * list is "baseline widely available", which is newer.
 */
export const OLDEST_BROWSERS = {
  chrome: '107',
  chrome_android: '107',
  edge: '107',
  firefox: '104',
  firefox_android: '104',
  safari: '16.0',
  safari_ios: '16.0',
} as const satisfies Partial<Record<BrowserName, string>>;

type Oldest = keyof typeof OLDEST_BROWSERS;

const BROWSERS = Object.keys(OLDEST_BROWSERS) as Oldest[];

/** The entry of the compatibility data at a path such as `api.URL.canParse_static`. */
export function findFeature(path: string): Identifier | null {
  let found: unknown = bcd;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return null;
    found = (found as Record<string, unknown>)[name];
  }
  return (found as Identifier).__compat ? (found as Identifier) : null;
}

/** The first version of each browser that has it in full, without a flag or a prefix; null if none has. */
export function firstVersions(feature: Identifier): Readonly<Record<Oldest, string | null>> {
  const support = feature.__compat?.support ?? {};
  const entries = BROWSERS.map((browser) => {
    const complete = [support[browser] ?? []].flat().find(isComplete);
    return [browser, complete ? String(complete.version_added).replace('≤', '') : null] as const;
  });
  return Object.fromEntries(entries) as Record<Oldest, string | null>;
}

/** The browsers of the list that lack it, each with its first version: `chrome 120`, `safari never`. */
export function lackingBrowsers(feature: Identifier): string[] {
  const versions = firstVersions(feature);
  return BROWSERS.filter((browser) => {
    const version = versions[browser];
    return version === null || isNewer(version, OLDEST_BROWSERS[browser]);
  }).map((browser) => `${browser} ${versions[browser] ?? 'never'}`);
}

/** The day on which the last browser got it, `2022-03-15`; null if one never did. */
export function sharedSince(feature: Identifier): string | null {
  const versions = firstVersions(feature);
  const days = BROWSERS.map((browser) => {
    const releases: Readonly<Record<string, ReleaseStatement>> = bcd.browsers[browser].releases;
    return releases[versions[browser] ?? '']?.release_date ?? null;
  });
  return days.includes(null) ? null : (days.toSorted().at(-1) ?? null);
}

/** Every class, global and member that a browser of the list lacks: `RegExp.escape`, `scheduler`. */
export function lackingNames(): string[] {
  const roots = [bcd.api, bcd.javascript['builtins']] as Record<string, Identifier>[];
  const owners = roots.flatMap((root) => Object.entries(root));
  return owners.flatMap(([owner, entry]) => {
    if (isLacking(entry)) return [owner];
    const members = Object.keys(entry).filter((member) => member !== '__compat' && isLacking(entry[member]));
    return members.map((member) => `${owner}.${member.replace(/_static$/, '')}`);
  });
}

function isLacking(feature: Identifier | undefined): boolean {
  return feature?.__compat !== undefined && lackingBrowsers(feature).length > 0;
}

function isComplete(statement: SimpleSupportStatement): boolean {
  const { version_added, version_removed, flags, prefix, alternative_name, partial_implementation } =
    statement;
  const isReleased = typeof version_added === 'string' && version_added !== 'preview';
  return isReleased && !version_removed && !flags && !prefix && !alternative_name && !partial_implementation;
}

function isNewer(version: string, oldest: string): boolean {
  return version.localeCompare(oldest, 'en', { numeric: true }) > 0;
}
