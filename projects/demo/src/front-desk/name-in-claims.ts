/** The name that an access token gives its user; null where it gives none. */
export function nameIn(claims: Readonly<Record<string, unknown>> | null): string | null {
  const name = claims?.['name'];
  return typeof name === 'string' ? name : null;
}
