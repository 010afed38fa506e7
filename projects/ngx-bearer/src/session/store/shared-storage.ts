/** What all tabs agree on. Operations resolve with the record that holds from then on. */
export interface SharedStorage {
  /** What can be known at once. */
  read(): string | null;
  /** Shows the other tabs at once what is about to be kept; null for the end of a session. */
  show(record: string | null, id: string): void;
  /** Keeps the record of a sign-in, or the end of a session, unless what holds is newer. */
  keep(record: string | null, id: string): Promise<string | null>;
  /** Puts `next` in the place of `spent`, unless another tab was quicker. */
  replace(spent: string, next: string): Promise<string | null>;
  /** Ends the session of a record, and resolves with that; with what holds where another tab was quicker. */
  end(refused: string): Promise<string | null>;
  /** A record could not be kept, as far as is known: nor is one that it was to replace. */
  drop(record: string): Promise<string | null>;
  /** The whole record of a session, or of the one that came after it. */
  latest(mine: string): Promise<string | null>;
  /** Calls back when another tab has shown something; returns how to stop. */
  subscribe(changed: () => void): () => void;
}
