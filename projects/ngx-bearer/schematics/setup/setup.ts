import { SchematicsException } from '@angular-devkit/schematics';

const PROTOCOLS = ['exchange', 'json', 'oauth', 'cookie'] as const;
const STORAGES = ['memory', 'session', 'local'] as const;

export type Protocol = (typeof PROTOCOLS)[number];
export type Storage = (typeof STORAGES)[number];

/** What the command line says. */
export interface SetupOptions {
  readonly project?: string;
  readonly api?: string;
  readonly refresh?: string;
  readonly refreshUrl?: string;
  readonly clientId?: string;
  readonly storage?: string;
}

/** What is going to be written. */
export interface Setup {
  readonly allow: readonly string[];
  readonly refresh: Refresh;
  readonly storage: Storage;
  /** Prefix of every name in the storage, so that two applications on one origin stay apart. */
  readonly key: string;
  readonly headerName?: string;
  readonly scheme?: string;
}

export interface Refresh {
  readonly protocol: Protocol;
  readonly url: string;
  /** The field of the JSON body, where it is not `refresh_token`. */
  readonly field?: string;
  readonly clientId?: string;
}

/** Where servers of each kind usually have it. */
const USUAL_PLACES: Readonly<Record<Protocol, string>> = {
  exchange: '/auth',
  json: '/auth/refresh',
  oauth: '/oauth/token',
  cookie: '/auth/refresh',
};

const LOOPBACK = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/;
const OWN = 'https://own.invalid';

/** Checks the options; each complaint names the flag and what to write. The project's name becomes the key. */
export function readSetup(options: SetupOptions, project: string): Setup {
  const api = readPlace('--api', options.api, 'https://api.example.com, or a path such as /api');
  const protocol = readChoice('--refresh', options.refresh, PROTOCOLS);
  const storage = readChoice('--storage', options.storage ?? 'memory', STORAGES);
  return { allow: [api || '/'], refresh: readRefresh(options, protocol, api), storage, key: project };
}

/** What was not asked, and may be another with this server. */
export function assumptions({ refreshUrl, clientId }: SetupOptions, { refresh }: Setup): string[] {
  return [
    ...(refreshUrl ? [] : [`new tokens come from ${refresh.url} (else: --refresh-url)`]),
    ...(refresh.protocol === 'oauth' && !clientId
      ? [`the client id is ${refresh.clientId ?? ''} (else: --client-id)`]
      : []),
  ];
}

export function readRefresh(options: SetupOptions, protocol: Protocol, api: string): Refresh {
  const { refreshUrl, clientId } = options;
  if (clientId !== undefined && protocol !== 'oauth') {
    throw new SchematicsException(`--client-id goes with --refresh=oauth, not with --refresh=${protocol}.`);
  }
  const url = readPlace('--refresh-url', refreshUrl ?? api + USUAL_PLACES[protocol], `${OWN}/auth`);
  return { protocol, url, ...(protocol === 'oauth' && { clientId: clientId ?? 'my-app' }) };
}

export function readProtocol(value: string | undefined): Protocol {
  return readChoice('--refresh', value, PROTOCOLS);
}

export function readStorage(value: string): Storage {
  return readChoice('--storage', value, STORAGES);
}

/** An https address or a path of the application's own origin, without a slash at its end. */
export function readPlace(flag: string, value: string | undefined, example: string): string {
  if (!value?.trim()) throw new SchematicsException(`${flag} is missing. Write ${flag}=${example}.`);
  const place = value.trim();
  const url = URL.canParse(place, OWN) ? new URL(place, OWN) : null;
  const isPlace = url && (place.startsWith('/') ? url.origin === OWN : /^https?:\/\//i.test(place));
  if (!isPlace || /[?#*\s]/.test(place) || url.username || url.password) {
    throw new SchematicsException(
      `${flag} is "${place}". Write an address without user, query, fragment and '*', such as ${example}.`,
    );
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw new SchematicsException(
      `${flag} is "${place}". Write https: over http anybody on the way reads tokens.`,
    );
  }
  return place.replace(/\/+$/, '');
}

function readChoice<T extends string>(flag: string, value: string | undefined, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const problem = value === undefined ? `${flag} is missing` : `${flag} is "${value}"`;
  throw new SchematicsException(
    `${problem}. Write one of: ${choices.map((each) => `${flag}=${each}`).join(', ')}.`,
  );
}
