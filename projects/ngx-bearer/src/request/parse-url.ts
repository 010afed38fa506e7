/** The URL, or null if it cannot be parsed. `URL.canParse` is missing in browsers that Angular supports (Safari 16, Chrome 119). */
export function parseUrl(url: string, base?: string | null): URL | null {
  try {
    return new URL(url, base ?? undefined);
  } catch {
    return null;
  }
}

/** A URL for a message: user, query and fragment may hold a secret. */
export function displayUrl(url: string): string {
  const { origin, pathname } = parseUrl(url) ?? { origin: '', pathname: url.replace(/[?#].*/s, '') };
  return origin + pathname;
}
