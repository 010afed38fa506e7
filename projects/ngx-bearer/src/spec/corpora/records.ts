const JWT = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.c2ln';

/** Records that are a session, with the access token it has. */
export const readableRecords: readonly (readonly [name: string, record: string, accessToken: string])[] = [
  ['all fields', recordWith({}), 'a0'],
  ['no refresh token and no life', recordWith({}, { tokens: '{"accessToken":"a0"}' }), 'a0'],
  ['a JWT', recordWith({}, { tokens: `{"accessToken":"${JWT}"}` }), JWT],
  ['no known expiry', recordWith({}, { expiresAt: 'null', refreshFrom: 'null' }), 'a0'],
  ['an expiry long past', recordWith({}, { expiresAt: '0' }), 'a0'],
  [
    'fields in another order',
    '{"format":1,"credential":{"refreshFrom":null,"expiresAt":null,"tokens":{"accessToken":"a0"}},"ended":false,"version":1,"id":"5f0c","signIn":1}',
    'a0',
  ],
  ['space between', `\n${recordWith({}).replaceAll(',', ' ,\n ')} `, 'a0'],
  ['an unknown field', recordWith({ colour: '"blue"' }), 'a0'],
  ['claims of its own, which are ignored', recordWith({}, { claims: '{"sub":"mallory"}' }), 'a0'],
  ['a standing of its own, which is ignored', recordWith({ standing: '"refused"' }), 'a0'],
  ['the highest version', recordWith({ version: '9007199254740991' }), 'a0'],
  ['the highest number of a sign-in', recordWith({ signIn: '9007199254740991' }), 'a0'],
  ['a field twice, of which the last counts', recordWith({ format: '9,"format":1' }), 'a0'],
  ['a mirror', recordWith({ isMirror: 'true' }), 'a0'],
];

/** Records that are readable, and no session. */
export const endedRecords: readonly (readonly [name: string, record: string])[] = [
  ['an ended session', recordWith({ ended: 'true', credential: null })],
  ['an ended session that still has tokens', recordWith({ ended: 'true' })],
  ['no credential, since the tokens are in memory', recordWith({ credential: null })],
];

/** Records of a format to come. */
export const newerRecords: readonly (readonly [name: string, record: string])[] = [
  ['the next format', recordWith({ format: '2' })],
  ['a format far off', recordWith({ format: '1e400' })],
  ['a format between', recordWith({ format: '1.5' })],
  ['nothing else that we know', '{"format":2}'],
  ['fields that mean something else', '{"format":2,"id":7,"tokens":"sealed"}'],
];

/** What is neither. */
export const corruptRecords: readonly (readonly [name: string, record: string])[] = [
  ['an empty text', ''],
  ['a space', ' '],
  ['no JSON', 'unreadable'],
  ['JSON that was cut', '{"format'],
  ['a record that was cut', recordWith({}).slice(0, -1)],
  ['something after the record', `${recordWith({})}x`],
  ['two records', recordWith({}).repeat(2)],
  ['a record in a text', JSON.stringify(recordWith({}))],
  ['a record in a list', `[${recordWith({})}]`],
  ['the JSON of nothing', 'null'],
  ['undefined', 'undefined'],
  ['a number', '42'],
  ['a truth', 'true'],
  ['a text', '"a0"'],
  ['a list', '[]'],
  ['an empty object', '{}'],
  ['a bare token', JWT],
  ['what String makes of an object', '[object Object]'],
  ['a credential of null', recordWith({ credential: 'null' })],
  ['a credential that is a list', recordWith({ credential: '[]' })],
  ['an empty credential', recordWith({ credential: '{}' })],
  ['no tokens', recordWith({}, { tokens: null })],
  ['tokens of null', recordWith({}, { tokens: 'null' })],
  ['a record without a token', recordWith({}, { tokens: '{}' })],
  ['a token that is none', recordWith({}, { tokens: '{"accessToken":"a b"}' })],
  ['a token with a line break', recordWith({}, { tokens: '{"accessToken":"a\\r\\nX-Evil: 1"}' })],
  ['a token over 16 KiB', recordWith({}, { tokens: `{"accessToken":"${'a'.repeat(16 * 1024 + 1)}"}` })],
  ['a token under __proto__', recordWith({}, { tokens: '{"__proto__":{"accessToken":"a0"}}' })],
  ['an expiry that is a text', recordWith({}, { expiresAt: '"soon"' })],
  ['an expiry of 1e400', recordWith({}, { expiresAt: '1e400' })],
  ['an expiry of false', recordWith({}, { expiresAt: 'false' })],
  ['no expiry', recordWith({}, { expiresAt: null })],
  ['a refresh time that is a list', recordWith({}, { refreshFrom: '[0]' })],
  ['no refresh time', recordWith({}, { refreshFrom: null })],
  ['another kind of format', recordWith({ format: 'null' })],
  ['a format that is a text', recordWith({ format: '"1"' })],
  ['a format above ours that is a text', recordWith({ format: '"2"' })],
  ['a format above ours in a list', recordWith({ format: '[2]' })],
  ['a format of before', recordWith({ format: '0' })],
  ['no format', recordWith({ format: null })],
  ['no number of a sign-in', recordWith({ signIn: null })],
  ['a number of a sign-in that is a text', recordWith({ signIn: '"1"' })],
  ['a number of a sign-in with a fraction', recordWith({ signIn: '1.5' })],
  ['a number of a sign-in beyond what a number counts', recordWith({ signIn: '9007199254740992' })],
  ['an empty id', recordWith({ id: '""' })],
  ['no id', recordWith({ id: null })],
  ['an id that is a number', recordWith({ id: '7' })],
  ['a version that is a text', recordWith({ version: '"1"' })],
  ['a version with a fraction', recordWith({ version: '1.5' })],
  ['no version', recordWith({ version: null })],
  ['a version beyond what a number counts', recordWith({ version: '9007199254740992' })],
  ['fields under __proto__', `{"__proto__":${recordWith({})}}`],
];

/** Fields of JSON text; null leaves a field out. */
type Fields = Readonly<Record<string, string | null>>;

/** A record as JSON text, with fields of it or of its credential replaced. */
function recordWith(fields: Fields, credential: Fields = {}): string {
  return textOf({
    signIn: '2',
    id: '"5f0c"',
    version: '3',
    ended: 'false',
    credential: textOf({
      tokens: '{"accessToken":"a0","refreshToken":"r0","expiresIn":3600}',
      expiresAt: '1798765200000',
      refreshFrom: '1798765140000',
      ...credential,
    }),
    format: '1',
    ...fields,
  });
}

function textOf(fields: Fields): string {
  const kept = Object.entries(fields).filter(([, json]) => json !== null);
  return `{${kept.map(([name, json]) => `"${name}":${String(json)}`).join()}}`;
}
