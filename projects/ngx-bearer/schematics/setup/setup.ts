import type { Text } from '../source/text';
import type { Body } from '../survey/request-parts';
import type { Answer } from '../survey/token-answer';
import type { Value } from '../survey/token-values';

export const PROTOCOLS = ['exchange', 'json', 'oauth', 'cookie'] as const;
export const STORAGES = ['memory', 'session', 'local'] as const;

export type Protocol = (typeof PROTOCOLS)[number];
export type Storage = (typeof STORAGES)[number];

/** What is going to be written. */
export interface Setup {
  readonly allow: readonly Text[];
  readonly refresh: Refresh;
  readonly storage: Storage;
  /** Prefix of every name in the storage, so that two applications on one origin stay apart. */
  readonly key: string;
  readonly headerName?: string;
  readonly scheme?: string;
  readonly allowInsecure?: boolean;
  /** The status that rejects a token, if it is not 401. */
  readonly rejection?: number;
}

export interface Refresh {
  /** `own`: a strategy that is written out, since no function of the library sends this request. */
  readonly protocol: Protocol | 'own';
  readonly url: Text;
  readonly method?: string;
  readonly body?: Body;
  readonly headers?: readonly (readonly [name: string, value: Value])[];
  readonly sendsCredentials?: boolean;
  /** The answer is a text. */
  readonly wantsText?: boolean;
  /** Where the tokens are, if `readTokens` does not find them. */
  readonly answer?: Answer;
  readonly clientId?: Text;
}
