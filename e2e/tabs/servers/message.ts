import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request or an answer, whole. */
export interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer extends Message {
  readonly status: number;
}

export async function readMessage(incoming: IncomingMessage): Promise<Message> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return { headers: incoming.headers, body: Buffer.concat(parts) };
}

/** The access token a request shows. */
export function bearerOf({ headers }: Message): string | null {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** The token that a request for a refresh spends: in its form, its cookie, or as its bearer. */
export function spentBy(request: Message): string | null {
  const inForm = new URLSearchParams(request.body.toString()).get('refresh_token');
  const inCookie = /(?:^|;\s*)refresh=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  return inForm ?? inCookie ?? bearerOf(request);
}

/** The tokens that an answer hands out; the one that buys the next pair stands last. */
export function issuedBy(answer: Message): string[] {
  const fields = jsonOf(answer);
  const cookies = (answer.headers['set-cookie'] ?? []).map((line) => /^refresh=([^;]+)/.exec(line)?.[1]);
  return [fields['access_token'], fields['refresh_token'], ...cookies].filter(
    (token): token is string => typeof token === 'string',
  );
}

/** The fields of a JSON object; none where it is anything else. */
export function jsonOf({ body }: Message): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}
