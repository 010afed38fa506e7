import { ɵparseJson } from 'ngx-bearer';

/** The `token_type` of a token response (RFC 6749 section 5.1) in lower case; undefined if it has none. */
export function tokenTypeOf(answer: unknown): string | undefined {
  const fields = Object(typeof answer === 'string' ? ɵparseJson(answer) : answer) as Record<string, unknown>;
  const type = fields['token_type'];
  return typeof type === 'string' ? type.toLowerCase() : undefined;
}

/** Tokens that are not bound, for a message. */
export function describeType(type: string): string {
  return (
    `the server issued tokens of the type ${JSON.stringify(type.slice(0, 20))} and not 'DPoP': they work for whoever has ` +
    'them. Switch DPoP on for this client, and pass dpopKey() to the sign-in. To go on with bearer tokens: ' +
    'dpop({ allowBearer: true }).'
  );
}
