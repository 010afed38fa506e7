/**
 * Prints a text with `console.warn`, each text once. Texts hang on `ngDevMode`, which bundlers make false in a
 * production build: they are dropped there.
 */
export type Warn = (text: string | null) => void;

/** A {@link Warn} with a memory of its own: one for each `provideAuth`. */
export function createWarn(): Warn {
  const printed = new Set<string>();
  return (text) => {
    if (!ngDevMode || !text || printed.has(text)) return;
    printed.add(text);
    console.warn(`ngx-bearer: ${text}`);
  };
}
