import { API } from '../spec/fake-server';
import { buildForProduction } from '../spec/production';
import { setup } from '../spec/setup';

/** What a developer may take for a rule, and a production build, which checks no option, has to live with. */
const noRules: Readonly<Record<string, unknown>> = {
  'a RegExp': [/api/],
  'a RegExp that remembers where it was': [/./g],
  'a URL': [new URL(API)],
  'an object with a test': [{ test: () => true, toString: () => API }],
  'a list of origins in a list': [[API]],
  nothing: [],
};

describe('a rule that is none, in a production build,', () => {
  for (const [name, allow] of Object.entries(noRules)) {
    it(`covers no URL where it is ${name}`, () => {
      buildForProduction();
      const { http, server } = setup({ allow: allow as string[] });
      for (const url of [API, `${API}/null/`, '/', '/api', '/null/']) http.get(url).subscribe();
      expect(server.sendings.map(({ token }) => token)).toEqual(Array(5).fill(null));
    });
  }
});
