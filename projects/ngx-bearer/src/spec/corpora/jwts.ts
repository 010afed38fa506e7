const HEAD = 'eyJhbGciOiJub25lIn0';
/** `{"sub":"alice"}` */
const PAYLOAD = 'eyJzdWIiOiJhbGljZSJ9';

/** Tokens whose claims can be read, and the claims in them. */
export const readableJwts: readonly (readonly [
  name: string,
  token: string,
  claims: Record<string, unknown>,
])[] = [
  ['a name', `${HEAD}.${PAYLOAD}.c2ln`, { sub: 'alice' }],
  ['no signature', `${HEAD}.${PAYLOAD}.`, { sub: 'alice' }],
  ['no header', `.${PAYLOAD}.c2ln`, { sub: 'alice' }],
  ['no claims', `${HEAD}.e30.c2ln`, {}],
  ['letters beyond ASCII', `${HEAD}.eyJuYW1lIjoiWm_DqyDml6XmnKwg8J-YgCJ9.c2ln`, { name: 'Zoë 日本 😀' }],
  ['both letters that base64url changes', `${HEAD}.eyI-Pz4_IjoifiJ9.c2ln`, { '>?>?': '~' }],
  ['the letters of base64 in their place', `${HEAD}.eyI+Pz4/IjoifiJ9.c2ln`, { '>?>?': '~' }],
];

/** Tokens without claims that can be read. */
export const opaqueTokens: Readonly<Record<string, string>> = {
  'an opaque token': 'opaque',
  'one part and dots': '.opaque.',
  'dots alone': '..',
  'two parts': `${HEAD}.${PAYLOAD}`,
  'four parts': `${HEAD}.${PAYLOAD}.c.d`,
  'five parts, an encrypted JWT': `${HEAD}.${PAYLOAD}.c.d.e`,
  'a truncated payload': `${HEAD}.${PAYLOAD.slice(0, -5)}.c`,
  'no payload': `${HEAD}..c`,
  'a payload that is no base64': `${HEAD}.a~b.c`,
  'a payload of a length that base64 never has': `${HEAD}.${PAYLOAD}a.c`,
  'a payload that is no UTF-8': `${HEAD}.eyJhIjoi_yJ9.c`,
  'a payload that is no JSON': `${HEAD}.YWxpY2U.c`,
  'a payload that is null': `${HEAD}.bnVsbA.c`,
  'a payload that is a number': `${HEAD}.NDI.c`,
  'a payload that is a text': `${HEAD}.InRleHQi.c`,
  'a payload that is an array': `${HEAD}.W10.c`,
};
