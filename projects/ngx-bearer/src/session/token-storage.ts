/**
 * A store of your own for the session between page loads. The record is an opaque string. Whatever it does
 * wrong, throwing, hanging for over 2 s, or answering nonsense, never breaks a request.
 */
export interface TokenStorage {
  /** The record last written, or null. With a promise the first requests wait for it, at most 2 s. */
  read(): string | null | Promise<string | null>;
  /** Keeps the record; `null` removes it. Called in order, the next when the last is done. */
  write(record: string | null): void | Promise<void>;
  /** Calls back when another tab has changed the record; returns how to stop. Makes the store a shared one. */
  subscribe?(changed: () => void): () => void;
}

/** The store of that name; memory where the platform has none (a server, a sandboxed frame, cookies disabled). */
export function webStorage(
  name: 'memory' | 'session' | 'local',
  key: string,
  window: Window | null,
): TokenStorage {
  try {
    const area = name !== 'memory' && window?.[`${name}Storage`];
    if (!area) return memoryStorage();
    return {
      read: () => area.getItem(key),
      write: (record) => {
        if (record === null) area.removeItem(key);
        else area.setItem(key, record);
      },
      subscribe: (changed) => {
        // A cleared area names no key.
        const listen = (event: StorageEvent) => {
          if (event.storageArea === area && (event.key ?? key) === key) changed();
        };
        window.addEventListener('storage', listen);
        return () => {
          window.removeEventListener('storage', listen);
        };
      },
    };
  } catch {
    if (ngDevMode) console.warn(`ngx-bearer: this page has no ${name}Storage; the session stays in memory.`);
    return memoryStorage();
  }
}

function memoryStorage(): TokenStorage {
  let kept: string | null = null;
  return {
    read: () => kept,
    write: (record) => {
      kept = record;
    },
  };
}
