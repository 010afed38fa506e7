import { type Arbitrary, array, assert, constantFrom, nat, property, record, webUrl } from 'fast-check';
import { checkSame } from '../spec/holds-for-all';
import { createTokenScope } from '../spec/token-scope';

const ORIGIN = 'https://api.example.com';
const PAGE = 'https://app.example/index.html';

describe('the scope, with a rule that is an origin', () => {
  it('takes none of 50,000 URLs of the web for its own', () => {
    const isAllowed = scopeOf(ORIGIN);
    let own = 0;
    const claim = property(webUrls, (url) => {
      const { origin } = new URL(url);
      if (origin === ORIGIN) own++;
      checkSame(isAllowed(url), origin === ORIGIN);
    });
    assert(claim, { numRuns: 50_000 });
    expect(own).toBe(0);
  });

  it('holds through one to three changes of an allowed URL, wherever they lead', () => {
    const isAllowed = scopeOf(ORIGIN);
    const ends = { inside: 0, outside: 0 };
    const claim = property(array(edits, { minLength: 1, maxLength: 3 }), (changes) => {
      const url = changes.reduce(change, `${ORIGIN}/orders/7`);
      const wanted = URL.canParse(url, PAGE) && isOwn(new URL(url, PAGE));
      ends[wanted ? 'inside' : 'outside']++;
      checkSame(isAllowed(url), wanted);
    });
    assert(claim, { numRuns: 20_000 });
    expect(ends.inside).toBeGreaterThan(2_000);
    expect(ends.outside).toBeGreaterThan(2_000);
  });
});

interface Edit {
  readonly kind: 'insert' | 'delete' | 'encode' | 'swap';
  readonly at: number;
  readonly text: string;
}

const webUrls: Arbitrary<string> = webUrl({
  validSchemes: ['http', 'https'],
  withQueryParameters: true,
  withFragments: true,
});
const NOISE = [
  '/',
  '\\',
  '.',
  '@',
  ':',
  '#',
  '?',
  '%',
  '-',
  '0',
  'а',
  '\t',
  '\n',
  '。',
  'evil.example',
  '..',
  '%2f',
];
const edits: Arbitrary<Edit> = record({
  kind: constantFrom<Edit['kind'][]>('insert', 'delete', 'encode', 'swap'),
  at: nat(),
  text: constantFrom(...NOISE),
});

function change(url: string, { kind, at, text }: Edit): string {
  const index = at % (url.length || 1);
  const [before, here, next, after] = [
    url.slice(0, index),
    url.charAt(index),
    url.charAt(index + 1),
    url.slice(index + 1),
  ];
  switch (kind) {
    case 'insert':
      return before + text + here + after;
    case 'delete':
      return before + after;
    case 'encode':
      return `${before}%${here.charCodeAt(0).toString(16).padStart(2, '0')}${after}`;
    case 'swap':
      return before + next + here + after.slice(1);
  }
}

/** By the URL standard alone; what climbs in the path is for other tests. */
function isOwn({ origin, protocol, username, password, pathname }: URL): boolean {
  const climbs = decodeSeparators(pathname).split('/').includes('..');
  return origin === ORIGIN && protocol === 'https:' && `${username}${password}` === '' && !climbs;
}

function decodeSeparators(path: string): string {
  return path.replaceAll(/%2f|%5c/gi, '/').replaceAll(/%2e/gi, '.');
}

function scopeOf(rule: string): (url: string) => boolean {
  return createTokenScope({ allow: [rule], allowInsecure: true, ownOrigin: null, baseUri: () => PAGE });
}
