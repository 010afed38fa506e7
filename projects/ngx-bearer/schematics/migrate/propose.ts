import { type SetupOptions, fieldsOf, readPlace, readRefresh, readStorage } from '../setup/options';
import type { Refresh, Setup, Storage } from '../setup/setup';
import type { Project } from '../source/project';
import { placeOf } from '../source/walk';
import { rejectionIn } from '../survey/gate-rule';
import type { Survey } from '../survey/survey';
import type { TokenCall } from '../survey/token-calls';
import { proposeAllow } from './propose-allow';
import { translateRefresh } from './translate-refresh';

/** The equivalent of what was found, and what stands between it and a file. */
export interface Proposal {
  /** Complete, but for the answers to the questions, which hold a place in it. */
  readonly setup: Setup;
  /** What the code does not say. With one left nothing is written. */
  readonly questions: readonly string[];
  /** What holds if nobody says otherwise. */
  readonly assumed: readonly string[];
}

const PLACEHOLDER: Refresh = { protocol: 'json', url: ['https://api.example.com/auth/refresh'] };

/** Joins what the code says with what the flags say; a flag goes first. */
export function propose(survey: Survey, options: SetupOptions, project: Project): Proposal {
  const questions: string[] = [];
  const refresh = proposeRefresh(survey, options, questions);
  const allow = proposeAllow({ survey, options, refresh }, project);
  const { headerName, scheme } = proposeHeader(survey, questions);
  questions.push(...allow.questions);
  return {
    setup: {
      allow: allow.allow,
      refresh: refresh ?? PLACEHOLDER,
      storage: proposeStorage(survey, options, questions),
      key: project.name,
      ...(headerName === undefined || /^authorization$/i.test(headerName) ? {} : { headerName }),
      ...(scheme === undefined || scheme === 'Bearer' ? {} : { scheme }),
      ...(options.allowInsecure ? { allowInsecure: true } : {}),
      ...proposeRejection(survey),
    },
    questions,
    assumed: allow.assumed,
  };
}

function proposeRefresh(survey: Survey, options: SetupOptions, questions: string[]): Refresh | undefined {
  const calls = distinct(survey.tokenCalls.filter(({ kind }) => kind === 'refresh'));
  const places = calls.map(({ place }) => place).join(', ');
  const [call, other] = calls;
  if (options.refresh !== undefined && options.refreshUrl !== undefined) return readRefresh(options, '');
  if (!call || other) {
    const what = other
      ? `Which call refreshes: ${places}?`
      : 'How does the application get a new token? No request that does it was found.';
    questions.push(`${what} Answer with --refresh and --refresh-url.`);
    return undefined;
  }
  if (options.refresh !== undefined && call.text)
    return { ...readRefresh({ ...options, refreshUrl: '/' }, ''), url: call.text };
  const translated = translateRefresh(call, survey);
  const chosen = {
    ...(options.refreshUrl === undefined ? {} : { url: [placeFrom(options)] }),
    ...fieldsOf(options),
    ...(options.clientId === undefined ? {} : { clientId: [options.clientId] }),
  };
  const refresh = { ...translated.refresh, ...chosen };
  const open = translated.questions.filter(
    ({ answeredBy }) => !answeredBy.some((flag) => options[flag] !== undefined),
  );
  questions.push(...open.map(({ text }) => text));
  return refresh;
}

function placeFrom({ refreshUrl, allowInsecure }: SetupOptions): string {
  return readPlace('--refresh-url', refreshUrl, {
    example: 'https://api.example.com/auth/refresh',
    allowInsecure,
  });
}

/** Calls that send the same to the same place are one. */
function distinct(calls: readonly TokenCall[]): TokenCall[] {
  const content = ({ text, url, method, body }: TokenCall) =>
    [method, JSON.stringify(text ?? url.getText()), body?.getText()].join('\n');
  return [...new Map(calls.map((call) => [content(call), call])).values()];
}

function proposeHeader(
  { interceptors, jwt }: Survey,
  questions: string[],
): { headerName?: string; scheme?: string } {
  const headers = interceptors
    .filter(({ registrations }) => registrations.length > 0)
    .flatMap(({ header }) => header ?? []);
  const [first, ...others] = headers;
  const other = others.find((each) => each.name !== first?.name || each.scheme !== first.scheme);
  if (first && other)
    questions.push(
      `Which header holds the token: that at ${placeOf(first.node)} or that at ${placeOf(other.node)}?`,
    );
  if (first) return { headerName: first.name, scheme: first.scheme };
  return {
    ...(jwt?.headerName === undefined ? {} : { headerName: jwt.headerName }),
    ...(jwt?.scheme === undefined ? {} : { scheme: jwt.scheme }),
  };
}

/** Some servers reject a token with another status than 401. */
function proposeRejection({ interceptors }: Survey): { rejection?: number } {
  const gate = interceptors.find(({ isGate, registrations }) => isGate && registrations.length > 0);
  const status = gate && rejectionIn(gate.reach);
  return status === undefined || status === 401 ? {} : { rejection: status };
}

function proposeStorage({ tokenUses }: Survey, options: SetupOptions, questions: string[]): Storage {
  if (options.storage !== undefined) return readStorage(options.storage);
  const written = tokenUses.filter(({ does }) => does === 'writes');
  const [first, ...others] = written.length > 0 ? written : tokenUses.filter(({ does }) => does === 'reads');
  const other = others.find(({ area }) => area !== first?.area);
  if (first && other) {
    questions.push(
      `Where do tokens stay: ${first.place} and ${other.place} differ. Answer with --storage; for a choice at sign-in ("remember me") see docs/storage.md.`,
    );
  }
  if (first?.area === 'other') {
    questions.push(
      `Tokens are kept in a storage of another kind (${first.place}): write a TokenStorage for it (docs/storage.md), or answer with --storage.`,
    );
    return 'memory';
  }
  if (first?.area === 'cookie') {
    questions.push(
      `Tokens are in a cookie that the page writes (${first.place}). Does the server read it? If not, answer with --storage.`,
    );
    return 'memory';
  }
  return first?.area ?? 'memory';
}
