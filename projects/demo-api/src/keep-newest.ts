/** Bounds a map that grows with every call, so that a server left running overnight stays small. */
export function keepNewest<Key>(entries: Map<Key, unknown>, limit: number): void {
  for (const key of entries.keys()) {
    if (entries.size <= limit) {
      return;
    }
    entries.delete(key);
  }
}
