/** Enough for all mistakes. A text may name fields of an answer, and answers may have ever other ones. */
const MOST_WARNINGS = 100;

/** Texts and nothing else: no user of a server sees in them anything of another user. */
// eslint-disable-next-line no-restricted-syntax -- holds texts of warnings, in development only
const given = new Set<string>();

/**
 * Warns in the console, once for each key. For development only: callers stand behind `ngDevMode`. A text holds no token
 * and no value of a field.
 */
export function warnOnce(text: string, key = text): void {
  if (given.has(key) || given.size >= MOST_WARNINGS) return;
  given.add(key);
  console.warn(`ngx-bearer: ${text} This warning appears once, and only in development.`);
}

/** The message of one of our errors without its beginning, which a warning has already. */
export function detailOf(error: unknown): string {
  return (error as Error).message.replace(/^ngx-bearer: [\w-]+: /, '');
}

/** Lets each warning appear again, for the next spec. */
export function forgetWarnings(): void {
  given.clear();
}
