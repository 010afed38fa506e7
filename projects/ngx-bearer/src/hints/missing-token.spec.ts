import { Caller } from '../spec/caller';
import { buildForProduction } from '../spec/production';
import { skipAuth } from '../request/auth-context';
import { setup, type SetupOptions } from '../spec/setup';

const OTHER_PLACES: readonly (readonly [name: string, allow: string, url: string, entry: string])[] = [
  [
    'an origin of the same site',
    'https://api.example.com',
    'https://files.example.com/a/1',
    'https://files.example.com',
  ],
  [
    'a path outside',
    'https://api.example.com/v1',
    'https://api.example.com/v2/me',
    'https://api.example.com/v2',
  ],
  ['a path of its own origin', '/api', '/rest/me?page=2', '/rest'],
  [
    'another port',
    'https://api.example.com',
    'https://api.example.com:8443/me',
    'https://api.example.com:8443',
  ],
];

describe('a hint about a request that is sent without the token', () => {
  for (const [name, allow, url, entry] of OTHER_PLACES) {
    it(`names the entry that ${name} lacks`, () => {
      const { ask, printed } = page({ allow: [allow] });
      ask(url);
      expect(printed.length).toBe(1);
      expect(printed[0]).toContain(`add '${entry}' to 'allow'`);
    });
  }

  it('asks for https where a rule could not name the origin', () => {
    const { ask, printed } = page({ allow: ['https://api.example.com'] });
    ask('http://files.example.com/orders');
    expect(printed[0]).toContain('If it needs the token, call it by https.');
  });

  it('names an origin by http to an app that may', () => {
    const { ask, printed } = page({ allow: ['https://api.example.com'], allowInsecure: true });
    ask('http://files.example.com/orders');
    expect(printed[0]).toContain("add 'http://files.example.com' to 'allow'");
  });

  it('is given once for each origin', () => {
    const { ask, printed } = page({ allow: ['https://api.example.com'] });
    for (const host of ['a', 'b', 'a', 'b']) ask(`https://${host}.example.com/orders`);
    expect(printed.length).toBe(2);
  });

  it('shows no query, which may hold a secret', () => {
    const { ask, printed } = page({ allow: ['https://api.example.com'] });
    ask('https://files.example.com/a?key=secret#secret');
    expect(printed.join()).not.toContain('secret');
  });

  for (const [name, url] of [
    ['another site', 'https://api.example.org/orders'],
    ['a look-alike site', 'https://api.example.com.evil.example/orders'],
    ['a static file', '/i18n/en.json'],
    ['a data URL', 'data:text/plain,hello'],
    ['a URL with a user', 'https://user@files.example.com/orders'],
    ['what is no URL', 'https://['],
  ] as const) {
    it(`is not given about ${name}`, () => {
      const { ask, printed } = page({ allow: ['https://api.example.com'] });
      ask(url);
      expect(printed).toEqual([]);
    });
  }

  it('is not given about a request that shall go without', () => {
    const { http, printed } = setup({ allow: ['https://api.example.com'] });
    new Caller(http.get('https://files.example.com/orders', { context: skipAuth() }));
    expect(printed).toEqual([]);
  });

  it('is not given in production', () => {
    buildForProduction();
    const { ask, printed } = page({ allow: ['https://api.example.com'] });
    ask('https://files.example.com/orders');
    expect(printed).toEqual([]);
  });

  it('is not given with nobody signed in', () => {
    const { ask, printed } = page({ allow: ['https://api.example.com'], signedIn: false });
    ask('https://files.example.com/orders');
    expect(printed).toEqual([]);
  });
});

/** A page that asks for any URL. */
function page(options: SetupOptions) {
  const { http, printed } = setup(options);
  const ask = (url: string) => new Caller(http.get(url));
  return { ask, printed };
}
