import type { Credential } from '../session/credential';
import { readClaims } from '../session/token-lifetime';
import { type AuthTokens, readTokens } from '../session/tokens';
import { withoutUndefined } from '../without-undefined';

/**
 * The state of a session as storage and tabs share it. All copies only rise, in the order of `isNewer`, so a
 * change may arrive late, twice, and from anywhere.
 */
export interface SharedState {
  /** Counts sign-ins. 0 until the place has given it a number. No clock. */
  readonly signIn: number;
  /** Random; distinguishes sign-ins. */
  readonly id: string;
  /** Rises with each refresh. */
  readonly version: number;
  readonly ended: boolean;
  /** Without it the session has ended, or each tab has tokens of its own. */
  readonly credential?: Pick<Credential, 'tokens' | 'expiresAt' | 'refreshFrom'>;
  /** The database has the refresh token, which this copy lacks. */
  readonly isMirror?: boolean;
  /** The ids of the sign-ins before this one, as far as known, the last first. They never win again. */
  readonly past?: readonly string[];
}

/** The record's format. A higher one belongs to a newer release, and is left alone. */
const FORMAT = 1;

export const NOTHING: Readonly<SharedState> = { signIn: 0, id: '', version: 0, ended: true };

export function endOf({ signIn, id, version, past }: SharedState): SharedState {
  return withoutUndefined<SharedState>({ signIn, id, version, ended: true, past });
}

/** The form in which a place keeps a state. In one order of fields, so that equal states are equal texts. */
export function toRecord({ signIn, id, version, ended, credential, isMirror, past }: SharedState): object {
  return { format: FORMAT, signIn, id, version, ended, credential, isMirror, past };
}

/** Reads what a place holds, and trusts nothing in it. `'newer'`: the record of a newer release. `'unreadable'`: garbage. */
export function fromRecord(record: unknown): SharedState | null | 'newer' | 'unreadable' {
  if (record === null || record === undefined) return null;
  const { format, signIn, id, version, ended, credential, isMirror, past } = Object(record) as SharedState & {
    readonly format?: unknown;
  };
  if (typeof format === 'number' && format > FORMAT) return 'newer';
  const isOurs =
    format === FORMAT && typeof id === 'string' && id !== '' && [signIn, version].every(Number.isSafeInteger);
  if (!isOurs) return 'unreadable';
  try {
    return withoutUndefined<SharedState>({
      signIn,
      id,
      version,
      ended: (ended as unknown) === true,
      credential: credential === undefined ? undefined : readCredential(credential),
      isMirror: isMirror === true ? true : undefined,
      past: Array.isArray(past) ? past : undefined,
    });
  } catch {
    return 'unreadable';
  }
}

export function toText(state: SharedState): string {
  return JSON.stringify(toRecord(state));
}

export function fromText(text: string | null): ReturnType<typeof fromRecord> {
  try {
    return text === null ? null : (fromRecord(JSON.parse(text)) ?? 'unreadable');
  } catch {
    return 'unreadable';
  }
}

/** The credential of a state; null if its session has ended, or its tokens are in memory alone. */
export function credentialOf({ id, version, ended, credential }: SharedState): Credential | null {
  if (ended || !credential) return null;
  const { tokens, expiresAt, refreshFrom } = credential;
  return { id, version, tokens, expiresAt, refreshFrom, claims: readClaims(tokens.accessToken) };
}

/** The state of a credential. */
export function stateOf(
  { id, version, tokens, expiresAt, refreshFrom }: Credential,
  signIn: number,
): SharedState {
  return { signIn, id, version, ended: false, credential: { tokens, expiresAt, refreshFrom } };
}

function readCredential(found: {
  tokens: AuthTokens;
  expiresAt: number | null;
  refreshFrom: number | null;
}): NonNullable<SharedState['credential']> {
  const { tokens, expiresAt, refreshFrom } = found;
  if (![expiresAt, refreshFrom].every((time) => time === null || Number.isFinite(time))) throw new Error();
  return { tokens: readTokens(tokens), expiresAt, refreshFrom };
}
