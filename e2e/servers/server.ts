/** The ways in which a refresh token can be dead. */
export const DEAD_TOKENS = ['spent', 'revoked', 'garbage', 'deleted', 'absent'] as const;
export type DeadToken = (typeof DEAD_TOKENS)[number];

/** The test levers of a server: `POST /levers/<name>`. */
export type Lever = 'revoke' | 'delete-user' | 'throttle';

/** Scenarios that need no lever, and still do not apply to every server. */
export type OptionalScenario = 'spent' | 'garbage' | 'absent';

/**
 * A server that the scenarios run against. The harness starts `command` with `PORT`, `ORIGIN`, `DATA_DIR` and
 * `ACCESS_SECONDS` in its environment. The server has two users, `alice` and `bob`, with the password `<name>-pass`.
 */
export interface ServerUnderTest {
  /** The name of its folder. */
  readonly id: string;
  readonly name: string;
  /** The page in `docs/` whose first block of TypeScript is the configuration under test. */
  readonly page: string;
  /** The heading above that block, if the page has several configurations. */
  readonly heading?: string;
  /** Runs in the folder of the server. */
  readonly command: readonly string[];
  /** Whether a lock file of this repository fixes its version; Debian's differ from release to release. */
  readonly pinned?: boolean;
  /** Seconds that an access token is valid, if the server needs another value than the default. */
  readonly accessSeconds?: number;
  /** Why it cannot run here and how to install it; null if it can. Never throws. */
  missing(): Promise<string | null>;
  /** Of the packages under test, for the table. */
  version(): Promise<string>;
  readonly signIn: SignInRequest;
  /** As in the configuration of the docs page. */
  readonly refreshPath: string;
  /** A path that only a signed-in user may read; answers the name of the user. @default '/me' */
  readonly mePath?: string;
  /** The status of an API that gets an expired token. @default 401 */
  readonly rejectionStatus?: 403;
  /** Whether the refresh needs an access token that is not expired: then it can only run ahead of the expiry. */
  readonly refreshesOnlyValidTokens?: boolean;
  /** Levers and scenarios that the server has no means for, with the reason. */
  readonly unavailable?: Readonly<Partial<Record<Lever | OptionalScenario, string>>>;
}

export interface SignInRequest {
  readonly path: string;
  /** @default 'POST' */
  readonly method?: string;
  readonly body: (user: string) => unknown;
  /** Whether the body is form-encoded instead of JSON. */
  readonly form?: boolean;
}
