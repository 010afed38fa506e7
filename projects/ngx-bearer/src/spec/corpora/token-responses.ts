import type { AuthTokens } from '../../public-api';

const LONGEST = 'a'.repeat(16 * 1024);

/** Token responses that can be read, and the tokens in them. */
export const readableResponses: readonly (readonly [name: string, response: unknown, tokens: AuthTokens])[] =
  [
    ['an access token alone', { access_token: 'a' }, { accessToken: 'a' }],
    ['an access token in camelCase', { accessToken: 'a' }, { accessToken: 'a' }],
    [
      'all three fields',
      { access_token: 'a', refresh_token: 'r', expires_in: 60 },
      { accessToken: 'a', refreshToken: 'r', expiresIn: 60 },
    ],
    [
      'all three in camelCase',
      { accessToken: 'a', refreshToken: 'r', expiresIn: 60 },
      { accessToken: 'a', refreshToken: 'r', expiresIn: 60 },
    ],
    [
      'a mixture of both forms',
      { accessToken: 'a', refresh_token: 'r', expiresIn: 60 },
      { accessToken: 'a', refreshToken: 'r', expiresIn: 60 },
    ],
    [
      'fields beside them',
      { access_token: 'a', token_type: 'Bearer', user: { id: 1 } },
      { accessToken: 'a' },
    ],
    [
      'a null refresh token and life',
      { access_token: 'a', refresh_token: null, expires_in: null },
      { accessToken: 'a' },
    ],
    [
      'a life of text digits',
      { access_token: 'a', expires_in: '3600' },
      { accessToken: 'a', expiresIn: 3600 },
    ],
    [
      'a life of text digits with zeros before',
      { access_token: 'a', expires_in: '0060' },
      { accessToken: 'a', expiresIn: 60 },
    ],
    ['a life of nothing', { access_token: 'a', expires_in: 0 }, { accessToken: 'a', expiresIn: 0 }],
    ['a life below nothing', { access_token: 'a', expires_in: -5 }, { accessToken: 'a', expiresIn: -5 }],
    ['a life with a fraction', { access_token: 'a', expires_in: 0.5 }, { accessToken: 'a', expiresIn: 0.5 }],
    [
      'a life of text with a fraction',
      { access_token: 'a', expires_in: '3600.0' },
      { accessToken: 'a', expiresIn: 3600 },
    ],
    [
      'a life of text with two digits of a fraction',
      { access_token: 'a', expires_in: '3600.25' },
      { accessToken: 'a', expiresIn: 3600.25 },
    ],
    ['an access token called token', { token: 'a' }, { accessToken: 'a' }],
    ['a null beside the other spelling', { access_token: null, accessToken: 'a' }, { accessToken: 'a' }],
    [
      'a null refresh token and life beside the other spelling',
      { token: 'a', refresh_token: null, refreshToken: 'r', expires_in: null, expiresIn: 60 },
      { accessToken: 'a', refreshToken: 'r', expiresIn: 60 },
    ],
    ['access_token before token', { token: 'b', access_token: 'a' }, { accessToken: 'a' }],
    ['JSON text', '{"access_token":"a","refresh_token":"r"}', { accessToken: 'a', refreshToken: 'r' }],
    ['every character of a b64token', { access_token: 'aZ09-._~+/==' }, { accessToken: 'aZ09-._~+/==' }],
    ['a token of Sanctum', { token: '25|x8Yk0' }, { accessToken: '25|x8Yk0' }],
    ['a token of Salesforce', { access_token: '00D50!AQ.b' }, { accessToken: '00D50!AQ.b' }],
    [
      'a refresh token of Microsoft',
      { access_token: 'a', refresh_token: '0.AX!*$ b' },
      { accessToken: 'a', refreshToken: '0.AX!*$ b' },
    ],
    ['an empty refresh token', { access_token: 'a', refresh_token: '' }, { accessToken: 'a' }],
    ['an empty life', { access_token: 'a', expires_in: '' }, { accessToken: 'a' }],
    ['a token of 16 KiB', { access_token: LONGEST }, { accessToken: LONGEST }],
    [
      'a token that is the name of a property of every object',
      { access_token: 'constructor' },
      { accessToken: 'constructor' },
    ],
    [
      'an object without prototype',
      Object.assign(Object.create(null) as object, { access_token: 'a' }),
      { accessToken: 'a' },
    ],
  ];

/** Values that are no token response, by name. */
export const unusableResponses: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  'a text': 'a',
  'an empty text': '',
  'a JSON text of something else': '["a"]',
  'a JSON text of a token alone': '"a"',
  'a form': 'access_token=a&token_type=bearer',
  'a number': 42,
  'a boolean': true,
  'a symbol': Symbol('a'),
  'a function': () => undefined,
  'an empty object': {},
  'an array': ['a'],
  'an array of answers': [{ access_token: 'a' }],
  'an answer inside another': { data: { access_token: 'a' } },
  'a refresh token alone': { refresh_token: 'r', expires_in: 60 },
  'an error of the token endpoint': { error: 'invalid_grant' },
  'an access token of null': { access_token: null },
  'three access tokens of null': { access_token: null, accessToken: null, token: null },
  'an inherited token': Object.create({ access_token: 'a' }) as unknown,
  'a token under __proto__': JSON.parse('{"__proto__":{"access_token":"a"}}') as unknown,
  'a map': new Map([['access_token', 'a']]),
  'the names of the fields in another case': { Access_Token: 'a' },
};

/** Values that are no token, by name. */
export const unusableTokens: Readonly<Record<string, unknown>> = {
  'that is empty': '',
  'that is a space': ' ',
  'with a space inside': 'a b',
  'with a space at the end': 'a ',
  'with the scheme before it': 'Bearer a',
  'with a line break': 'a\r\nX-Evil: 1',
  'with a line break at the end': 'a\n',
  'with a line separator at the end': 'a\u2028',
  'with a null character': 'a\0',
  'with a delete character': 'a\x7f',
  'with a Latin-1 letter': 'café',
  'with a letter that only looks like one': 'аbc',
  'with a digit of another script': 'a١',
  'with an emoji': 'a😀',
  'with half an emoji': 'a\ud83d',
  'over 16 KiB': `${LONGEST}a`,
  'that is a number': 42,
  'that is an object': { token: 'a' },
  'that is an array': ['a'],
  'that is true': true,
  'that is a text in an object': Object('a') as unknown,
  'that makes itself a text': { toString: () => 'a', length: 1 },
};

/** Values that are no refresh token, by name, and count as not given. VSCHAR allows a space. */
export const unusableRefreshTokens: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(unusableTokens).filter(([name]) => !/space|scheme|empty/.test(name)),
);

/** Values that are no number of seconds, and count as not given. */
export const unusableLives: readonly unknown[] = [
  'soon',
  '15m',
  '2026-11-26T12:00:00Z',
  '1e3',
  '0x10',
  '60s',
  ' 60',
  '60\n',
  '١٠',
  '9'.repeat(400),
  NaN,
  Infinity,
  1e400,
  true,
  {},
  [60],
];
