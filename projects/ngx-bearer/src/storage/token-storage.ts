/**
 * A storage of your own for the session between page loads. The record is an opaque string. A storage that throws, does
 * not answer within 2 s, or returns garbage breaks no request.
 */
export interface TokenStorage {
  /** The record last written, or null. If it returns a promise, the first requests wait for it, at most 2 s. */
  read(): string | null | Promise<string | null>;
  /** Keeps the record; `null` removes it. Calls come in order, each after the one before has ended. */
  write(record: string | null): void | Promise<void>;
  /** Calls back if another tab has changed the record. Returns a function that stops it. */
  subscribe?(changed: () => void): () => void;
}
