import { type Arbitrary, array, constantFrom, nat, oneof, string, tuple, webUrl } from 'fast-check';

const SCHEMES = [
  'https:',
  'HTTPS:',
  'ht\ntps:',
  ' https:',
  '',
  'http:',
  'blob:https:',
  'ws:',
  'file:',
  'data:',
];
const SLASHES = ['//', '\\\\', '/\\', '/', '', '///', '/\t/', '\r\n//'];
const USERS = [
  '@',
  ':@',
  'user@',
  ':password@',
  'api.example.com@',
  'api.example.com:443@',
  'evil.example\\@',
];
const HOSTS = [
  'api.example.com',
  'API.Example.COM',
  'api%2eexample.com',
  'ａｐｉ.example.com',
  'api。example。com',
  'api.exa\u00admple.com',
  'a\tpi.example.com',
  'app.example',
  'localhost',
  'api.example.com.',
  'api.example.com.evil.example',
  'api.example.com%2eevil.example',
  'api.example.com\\.evil.example',
  'evil.example#api.example.com',
  'evil.example?api.example.com',
  'xapi.example.com',
  'аpi.example.com',
  'xn--pi-6kc.example.com',
  'evil.example',
  '127.0.0.1',
  '[::1]',
  '',
];
const PORTS = [':443', ':0443', ':', ':4200', ':80', ':8443', ':99999', ':x', ':443@evil.example'];
const SEPARATORS = ['/', '/', '/', '/', '\\', '//', '%2f', '%5C', '/\t'];
const SEGMENTS = [
  'v1',
  'v1',
  'v1',
  'orders',
  '..',
  '.',
  '%2e%2E',
  '.%2e',
  '..%2f..',
  '..%5cadmin',
  'x%2F%2e%2e%5Cadmin',
  '.\t.',
  '...',
  '..;',
  '%252e%252e',
  'a%2fb',
  'é',
  'V1',
  '%761',
  'v10',
  'v1;x',
  'v1-evil',
  'v1%00',
  '@evil.example',
  'https:',
  '\ud800',
  '',
];
const TAILS = ['?page=2', '#top', '?https://api.example.com/v1', '#@api.example.com', '?/../v1', '?x\\..\\y'];
const NOISE = [
  '\t',
  '\n',
  '\r',
  ' ',
  '\\',
  '/',
  '@',
  ':',
  '.',
  '%2e',
  '%2f',
  '#',
  '?',
  '\0',
  '\u200b',
  '\u00ad',
];

/** The first in most cases, so that enough of what is built of such pieces is well-formed. */
function mostly(first: string, others: readonly string[]): Arbitrary<string> {
  return oneof(
    { weight: 6, arbitrary: constantFrom(first) },
    { weight: 1, arbitrary: constantFrom(...others) },
  );
}

const randomPaths = array(tuple(constantFrom(...SEPARATORS), constantFrom(...SEGMENTS)), {
  maxLength: 5,
}).map((pieces) => pieces.flat().join(''));

const paths = oneof(
  randomPaths,
  randomPaths.map((path) => `/v1${path}`),
);

const absolutes = tuple(
  mostly('https:', SCHEMES),
  mostly('//', SLASHES),
  mostly('', USERS),
  mostly('api.example.com', HOSTS),
  mostly('', PORTS),
  paths,
  mostly('', TAILS),
).map((pieces) => pieces.join(''));

const relatives = tuple(mostly('', ['/', 'v1', '//app.example', 'https:']), paths, mostly('', TAILS)).map(
  (pieces) => pieces.join(''),
);

const wellFormed = oneof({ weight: 3, arbitrary: absolutes }, { weight: 1, arbitrary: relatives });

/** Something put in anywhere. */
const disturbed = tuple(wellFormed, constantFrom(...NOISE), nat()).map(([url, noise, position]) => {
  const at = position % (url.length + 1);
  return url.slice(0, at) + noise + url.slice(at);
});

/** What an attacker, or a careless template, may give as a URL. Of absolute ones, many are at `api.example.com/v1`. */
export const hostileUrls: Arbitrary<string> = oneof(
  { weight: 12, arbitrary: wellFormed },
  { weight: 6, arbitrary: disturbed },
  { weight: 1, arbitrary: webUrl({ withQueryParameters: true, withFragments: true }) },
  { weight: 1, arbitrary: string({ unit: 'binary' }) },
);

/** What a relative one may be resolved against. */
export const bases: Arbitrary<string> = constantFrom(
  'https://app.example/',
  'https://app.example/v1/index.html',
  'https://api.example.com/v1/',
  'https://user:password@app.example/',
  'http://localhost:4200/v1/orders/',
  'https://evil.example/v1',
  'file:///C:/v1/index.html',
  'data:text/html,x',
  'about:srcdoc',
);
