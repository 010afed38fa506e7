/** What both kinds of Laravel applications need. */
export interface LaravelAppOptions {
  readonly userNames: readonly string[];
  /** Keeps the state over a restart. @default memory only */
  readonly stateFile?: string | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Life of the access tokens issued from now on. jwt-auth itself counts in whole minutes. */
  readonly accessSeconds: () => number;
}

/** Where the routes are. */
export interface LaravelPaths {
  /** In front of `/login` and `/refresh`. */
  readonly auth: string;
  readonly me: string;
}
