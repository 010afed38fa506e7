import {
  readPlace,
  readProtocol,
  readRefresh,
  readStorage,
  type Refresh,
  type Setup,
  type SetupOptions,
  type Storage,
} from '../setup/setup';
import type { ReadRefresh } from './read-refresh';
import type { Survey } from './survey';

/** The equivalent of what was found, or what the code does not tell and only a flag can say. */
export interface Proposal {
  readonly setup?: Setup;
  readonly missing: readonly string[];
  readonly assumed: readonly string[];
}

/** Joins what the code tells with what the flags say; a flag goes first. */
export function propose(survey: Survey, options: SetupOptions, project: string): Proposal {
  const missing: string[] = [];
  const refresh = proposeRefresh(survey, options, missing);
  const { allow, assumed } = proposeAllow(survey, options, refresh);
  const storage = proposeStorage(survey, options, missing);
  if (allow.length === 0) missing.push('Where the API lives. Say it with --api.');
  if (!refresh || missing.length > 0) return { missing, assumed };
  const { headerName, scheme } = survey.jwt ?? {};
  const header = {
    ...(headerName === undefined ? {} : { headerName }),
    ...(scheme === undefined ? {} : { scheme }),
  };
  return { setup: { allow, refresh, storage, key: project, ...header }, missing, assumed };
}

function proposeRefresh(survey: Survey, options: SetupOptions, missing: string[]): Refresh | undefined {
  const places = survey.refreshes.map(({ place }) => place).join(', ');
  const found = agreed(survey.refreshes);
  if (!found && (options.refresh === undefined || options.refreshUrl === undefined)) {
    const what = places
      ? `Which call refreshes: ${places}.`
      : 'How a new token is got: no call was found that does it.';
    missing.push(`${what} Say it with --refresh and --refresh-url.`);
    return undefined;
  }
  const protocol = options.refresh === undefined ? found?.protocol : readProtocol(options.refresh);
  const url = options.refreshUrl ?? found?.url;
  if (!protocol) missing.push(`What is sent at ${places}. Say it with --refresh, or write a strategy.`);
  if (url === undefined) missing.push(`The address at ${places}. Say it with --refresh-url.`);
  if (!protocol || url === undefined) return undefined;
  const clientId = options.clientId ?? (protocol === 'oauth' ? found?.clientId : undefined);
  if (protocol === 'oauth' && clientId === undefined) missing.push('The client id. Say it with --client-id.');
  const told = { refreshUrl: url, ...(clientId === undefined ? {} : { clientId }) };
  const field = protocol === found?.protocol ? found.field : undefined;
  return { ...readRefresh(told, protocol, ''), ...(field === undefined ? {} : { field }) };
}

/** What all of them do alike. */
function agreed([first, ...others]: readonly ReadRefresh[]): ReadRefresh | undefined {
  const content = ({ protocol, url, field, clientId }: ReadRefresh) =>
    [protocol, url, field, clientId].join('\n');
  return first && others.every((other) => content(other) === content(first)) ? first : undefined;
}

function proposeAllow({ jwt }: Survey, { api }: SetupOptions, refresh: Refresh | undefined) {
  if (api !== undefined)
    return { allow: [readPlace('--api', api, 'https://api.example.com') || '/'], assumed: [] };
  if (jwt && jwt.allow.length > 0) return { allow: jwt.allow, assumed: [] };
  if (!refresh || refresh.url.startsWith('/')) return { allow: [], assumed: [] };
  const { origin } = new URL(refresh.url);
  return { allow: [origin], assumed: [`the API lives at ${origin}, where the refresh goes (else: --api)`] };
}

function proposeStorage({ storages }: Survey, options: SetupOptions, missing: string[]): Storage {
  if (options.storage !== undefined) return readStorage(options.storage);
  const [first, ...others] = storages;
  const other = others.find(({ storage }) => storage !== first?.storage);
  if (first && other) {
    missing.push(`Where tokens live: ${first.place} and ${other.place} differ. Say it with --storage.`);
  }
  return first?.storage ?? 'memory';
}
