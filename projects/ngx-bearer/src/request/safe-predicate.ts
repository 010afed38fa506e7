/** Calls a predicate of the configuration; an exception counts as false. */
export function safePredicate(predicate: () => boolean): boolean {
  try {
    return predicate();
  } catch {
    return false;
  }
}
