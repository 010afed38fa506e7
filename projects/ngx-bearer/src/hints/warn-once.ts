/** Texts and nothing else: no user of a server sees in them anything of another user. */
// eslint-disable-next-line no-restricted-syntax -- holds texts of warnings, in development only
const given = new Set<string>();

/**
 * Warns in the console, once for each key. For development only: callers stand behind `ngDevMode`. A text holds no token
 * and no value of a field.
 */
export function warnOnce(text: string, key = text): void {
  if (given.has(key)) return;
  given.add(key);
  console.warn(`ngx-bearer: ${text} This warning appears once, and only in development.`);
}

/** Lets each warning appear again, for the next spec. */
export function forgetWarnings(): void {
  given.clear();
}
