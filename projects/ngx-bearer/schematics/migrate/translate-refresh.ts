import type { SetupOptions } from '../setup/options';
import type { Refresh } from '../setup/setup';
import { placeOf } from '../source/walk';
import { type Body, type Parts, valuesIn } from '../survey/request-parts';
import type { Survey } from '../survey/survey';
import type { TokenCall } from '../survey/token-calls';

export interface Question {
  readonly text: string;
  readonly answeredBy: readonly (keyof SetupOptions)[];
}

export interface Translated {
  readonly refresh: Refresh;
  readonly questions: readonly Question[];
}

/** The strategy that sends the same request and reads the same answer, with what the code leaves open. */
export function translateRefresh(call: TokenCall, survey: Survey): Translated {
  const { text, place, method, parts, answer } = call;
  const url = text ?? ['https://api.example.com/auth/refresh'];
  const questions: Question[] = [];
  const ask = (what: string, ...answeredBy: Question['answeredBy']) =>
    questions.push({ text: what, answeredBy });
  if (!text)
    ask(
      `Which URL refreshes? That at ${place} is only known at run time: ${call.url.getText()}. Answer with --refresh-url.`,
      'refreshUrl',
    );
  for (const unknown of unknownsOf(parts))
    ask(
      `What is ${unknown.getText()} in the refresh at ${place} (${placeOf(unknown)})? Write it into the strategy.`,
    );
  if (!answer)
    ask(
      `Which field of the answer of ${place} holds the access token? Answer with --access-field and --refresh-field.`,
      'accessField',
    );
  const known = shapeOf(call, survey, (what) => ask(what, 'refresh'));
  const shape = parts.wantsText ? asText(known, parts) : known;
  const { headers } = parts;
  return {
    refresh: {
      url,
      ...shape,
      ...(method === 'POST' ? {} : { method }),
      ...(headers.length === 0 ? {} : { headers: shape.headers ?? headers }),
      ...(answer ? { answer: withoutBody(answer, call) } : {}),
    },
    questions,
  };
}

/** No strategy of the library reads a text that is no JSON. */
function asText(shape: Shape, { sendsCredentials }: Parts): Shape {
  const isCookie = sendsCredentials || shape.protocol === 'cookie';
  return { ...shape, protocol: 'own', wantsText: true, ...(isCookie ? { sendsCredentials: true } : {}) };
}

type Shape = Omit<Refresh, 'url' | 'answer'>;

function shapeOf(call: TokenCall, survey: Survey, ask: (what: string) => void): Shape {
  const { method, place, parts } = call;
  const { body, headers } = parts;
  const sendsCredentials =
    parts.sendsCredentials || survey.interceptors.some((each) => each.sendsCredentials);
  const kinds = valuesIn(body).map(({ kind }) => kind);
  const own = {
    protocol: 'own',
    body,
    ...(parts.sendsCredentials ? { sendsCredentials: true } : {}),
  } as const;
  if (method !== 'POST' && method !== 'GET') return own;
  if (body.kind === 'none') return withoutContent({ headers, sendsCredentials, place, survey, ask });
  if (isGrant(body)) return grantOf(body, own);
  if (kinds.includes('refresh')) return parts.sendsCredentials ? own : { protocol: 'json', body };
  if (kinds.includes('access')) return own;
  if (sendsCredentials) return { ...own, sendsCredentials: true };
  ask(
    `What does the refresh at ${place} identify the user by? No token was found in it. Answer with --refresh.`,
  );
  return { protocol: 'json', body };
}

interface Bare {
  readonly headers: Parts['headers'];
  readonly sendsCredentials: boolean;
  readonly place: string;
  readonly survey: Survey;
  readonly ask: (what: string) => void;
}

/** A request without a body: a token is in a header, or in a cookie. */
function withoutContent({ headers, sendsCredentials, place, survey, ask }: Bare): Shape {
  const tokens = headers.filter(([, { kind }]) => kind === 'refresh' || kind === 'access');
  if (tokens.some(([, { kind }]) => kind === 'refresh')) return { protocol: 'json', body: { kind: 'none' } };
  if (tokens.length > 0) {
    return { protocol: 'exchange', headers: headers.filter((each) => !tokens.includes(each)) };
  }
  if (sendsCredentials) return { protocol: 'cookie' };
  const attaches = survey.jwt !== undefined || survey.interceptors.some(({ header }) => header);
  if (!attaches)
    ask(
      `What does the refresh at ${place} identify the user by? It has no body, and no header is attached. Answer with --refresh.`,
    );
  const keepsRefresh = survey.tokenUses.find(({ key }) => /refresh/i.test(key));
  if (keepsRefresh) {
    ask(
      `Which token does the refresh at ${place} send? A refresh token is kept (${keepsRefresh.place}), and is not in it. Answer with --refresh.`,
    );
  }
  return { protocol: 'exchange' };
}

function isGrant(body: Body): boolean {
  return body.kind === 'form' && body.fields.some(([name]) => name === 'grant_type');
}

/** RFC 6749 section 6, of a public client; with a secret or other fields it is a request of its own. */
function grantOf(body: Body, own: Shape): Shape {
  const fields = new Map(body.kind === 'form' ? body.fields : []);
  const clientId = fields.get('client_id');
  const isPlain =
    ['grant_type', 'refresh_token', 'client_id'].every((name) => fields.has(name)) && fields.size === 3;
  return isPlain && clientId?.kind === 'text' ? { protocol: 'oauth', clientId: clientId.text } : own;
}

function unknownsOf({ body, headers }: Parts) {
  const values = [...headers.map(([, value]) => value), ...valuesIn(body)];
  const nodes = values.flatMap((value) => (value.kind === 'unknown' ? [value.node] : []));
  return body.kind === 'unknown' ? [body.node, ...nodes] : nodes;
}

/** With `observe: 'response'` the code reads the answer from `body`. */
function withoutBody(
  answer: NonNullable<TokenCall['answer']>,
  { node }: TokenCall,
): NonNullable<TokenCall['answer']> {
  const isResponse =
    answer.access[0] === 'body' && (/observe/.test(node.getText()) || node.getText().startsWith('new '));
  if (!isResponse) return answer;
  return { access: answer.access.slice(1), ...(answer.refresh ? { refresh: answer.refresh.slice(1) } : {}) };
}
