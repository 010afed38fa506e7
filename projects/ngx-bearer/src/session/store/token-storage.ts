import { warnOnce } from '../../hints/warn-once';

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

/** A store that answers at once. */
export interface AreaStorage {
  read(): string | null;
  write(record: string | null): void;
  /** Calls back with what another tab has written, whether or not it is still there. */
  subscribe(changed: (written: string | null) => void): () => void;
}

/** The browser's store of that name; null where the platform has none (a server, a sandboxed frame, no cookies). */
export function areaStorage(
  name: 'session' | 'local',
  key: string,
  window: Window | null,
): AreaStorage | null {
  try {
    const area = window?.[`${name}Storage`];
    if (!area) return null;
    return {
      read: () => area.getItem(key),
      write: (record) => {
        if (record === null) area.removeItem(key);
        else area.setItem(key, record);
      },
      subscribe: (changed) => {
        // A cleared area names no key.
        const listen = (event: StorageEvent) => {
          if (event.storageArea === area && (event.key ?? key) === key) changed(event.newValue);
        };
        window.addEventListener('storage', listen);
        return () => {
          window.removeEventListener('storage', listen);
        };
      },
    };
  } catch {
    if (ngDevMode) warnOnce(`this page has no ${name}Storage; the session stays in memory.`);
    return null;
  }
}

export function memoryStorage(): Pick<AreaStorage, 'read' | 'write'> {
  let kept: string | null = null;
  return {
    read: () => kept,
    write: (record) => {
      kept = record;
    },
  };
}
