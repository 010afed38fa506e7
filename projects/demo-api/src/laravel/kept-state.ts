import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What a Laravel application keeps in its database and its cache. */
export interface KeptState<State> {
  readonly state: State;
  /** Writes the state to the disk before it returns, if there is a file for it. */
  readonly save: () => void;
}

/** The state that an earlier process saved in the file, else the initial one. Without a file it stays in memory. */
export function keepState<State>(file: string | null, initial: () => State): KeptState<State> {
  const isSaved = file !== null && existsSync(file);
  const state = isSaved ? (JSON.parse(readFileSync(file, 'utf8')) as State) : initial();
  return {
    state,
    save: () => {
      if (file !== null) {
        // A kill between the two calls leaves the old file, never half of the new one.
        writeFileSync(`${file}.new`, JSON.stringify(state));
        renameSync(`${file}.new`, file);
      }
    },
  };
}
