import { SchematicsException } from '@angular-devkit/schematics';
import { plain } from '../source/text';
import { PRESETS, type Preset } from './presets';
import { PROTOCOLS, type Protocol, type Refresh, type Setup, type Storage, STORAGES } from './setup';

/** What the command line says. */
export interface SetupOptions {
  readonly project?: string;
  readonly api?: string;
  readonly refresh?: string;
  readonly refreshUrl?: string;
  readonly clientId?: string;
  readonly storage?: string;
  readonly accessField?: string;
  readonly refreshField?: string;
  readonly bodyField?: string;
  readonly allowInsecure?: boolean;
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
  const { allowInsecure = false } = options;
  const api = readPlace('--api', options.api, {
    example: 'https://api.example.com, or a path such as /api',
    allowInsecure,
  });
  const refresh = readRefresh(options, api);
  const storage = readChoice('--storage', options.storage ?? 'memory', STORAGES);
  return {
    allow: [[api || '/']],
    refresh,
    storage,
    key: project,
    ...(allowInsecure ? { allowInsecure } : {}),
  };
}

/** What was not asked, and may be another with this server. */
export function assumptions(options: SetupOptions, { refresh }: Setup): string[] {
  return [
    ...(options.refreshUrl ? [] : [`new tokens come from ${plain(refresh.url) ?? ''} (else: --refresh-url)`]),
    ...(refresh.protocol === 'oauth' && !options.clientId
      ? [`the client id is ${plain(refresh.clientId) ?? ''} (else: --client-id)`]
      : []),
    ...(refresh.protocol !== 'oauth' && !refresh.answer && !options.accessField
      ? ['answers name the token access_token, accessToken or token (else: --access-field, --refresh-field)']
      : []),
  ];
}

export function readRefresh(options: SetupOptions, api: string): Refresh {
  const { refreshUrl, clientId, allowInsecure = false } = options;
  const preset = readPreset(options.refresh);
  const { protocol, place } = preset;
  if (clientId !== undefined && protocol !== 'oauth') {
    throw new SchematicsException(
      `--client-id goes with --refresh=oauth, not with --refresh=${options.refresh ?? ''}.`,
    );
  }
  const url = readPlace('--refresh-url', refreshUrl ?? api + place, {
    example: `${OWN}/auth`,
    allowInsecure,
  });
  return {
    protocol,
    url: [refreshUrl === undefined && place.endsWith('/') ? `${url}/` : url],
    ...preset.refresh,
    ...fieldsOf(options),
    ...(protocol === 'oauth' && { clientId: [clientId ?? 'my-app'] }),
  };
}

/** The fields that the flags name. */
export function fieldsOf({ accessField, refreshField, bodyField }: SetupOptions): Partial<Refresh> {
  const path = (name: string) => name.split('.');
  return {
    ...(accessField === undefined && refreshField === undefined
      ? {}
      : {
          answer: {
            access: path(accessField ?? 'access_token'),
            ...(refreshField === undefined ? {} : { refresh: path(refreshField) }),
          },
        }),
    ...(bodyField === undefined
      ? {}
      : { body: { kind: 'json', fields: [[bodyField, { kind: 'refresh', before: '' }]] } as const }),
  };
}

function readPreset(value: string | undefined): Preset {
  const names = [...PROTOCOLS, ...Object.keys(PRESETS)];
  const name = readChoice('--refresh', value, names);
  const protocol = PROTOCOLS.find((each) => each === name);
  if (protocol) return { protocol, place: USUAL_PLACES[protocol], refresh: {} };
  const preset = PRESETS[name];
  if (!preset) throw new SchematicsException(`--refresh is "${name}".`);
  return preset;
}

export function readStorage(value: string): Storage {
  return readChoice('--storage', value, STORAGES);
}

interface Expected {
  readonly example: string;
  readonly allowInsecure: boolean | undefined;
}

/** An https address or a path of the application's own origin, without a slash at its end. */
export function readPlace(
  flag: string,
  value: string | undefined,
  { example, allowInsecure = false }: Expected,
): string {
  if (!value?.trim()) throw new SchematicsException(`${flag} is missing. Write ${flag}=${example}.`);
  const place = value.trim();
  const url = URL.canParse(place, OWN) ? new URL(place, OWN) : null;
  const isPlace = url && (place.startsWith('/') ? url.origin === OWN : /^https?:\/\//i.test(place));
  if (!isPlace || /[?#*\s]/.test(place) || url.username || url.password) {
    throw new SchematicsException(
      `${flag} is "${place}". Write an address without user, query, fragment and '*', such as ${example}.`,
    );
  }
  if (isInsecure(url) && !allowInsecure) {
    throw new SchematicsException(
      `${flag} is "${place}". Write https: over http anybody on the way reads tokens. In a network that is yours alone, add --allow-insecure.`,
    );
  }
  return place.replace(/\/+$/, '');
}

/** Whether tokens would be sent in the clear. */
export function isInsecure({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !LOOPBACK.test(hostname);
}

function readChoice<T extends string>(flag: string, value: string | undefined, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const problem = value === undefined ? `${flag} is missing` : `${flag} is "${value}"`;
  throw new SchematicsException(
    `${problem}. Write one of: ${choices.map((each) => `${flag}=${each}`).join(', ')}.`,
  );
}
