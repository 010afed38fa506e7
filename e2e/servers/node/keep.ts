import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { environment } from './environment.ts';

export interface Kept<State> {
  readonly state: State;
  /** Writes the state to the disk before it returns, so that it survives a kill. */
  readonly save: () => void;
}

/** The state of a server, as its last process saved it. */
export function keep<State>(initial: () => State): Kept<State> {
  const file = join(environment('DATA_DIR'), 'state');
  const state = existsSync(file) ? (deserialize(readFileSync(file)) as State) : initial();
  return {
    state,
    save: () => {
      writeFileSync(`${file}.new`, serialize(state));
      // A kill in between leaves the old file or the new one.
      renameSync(`${file}.new`, file);
    },
  };
}
