import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { blocksIn, joinSpec } from './blocks.ts';
import { compileBlocks, writeBlocks } from './compile-blocks.ts';
import { runQuickstart } from './run-quickstart.ts';
import { runSpecs } from './run-specs.ts';

describe('blocksIn', () => {
  it('finds each block of TypeScript with its line and its context', () => {
    const markdown =
      '# A\n\n```ts\none();\n```\n\n```sh\nnpm test\n```\n<!-- compiled in: component -->\n\n```ts\ntwo();\n```\n';
    assert.deepEqual(blocksIn(markdown, 'a.md'), [
      { file: 'a.md', line: 4, code: 'one();', context: null },
      { file: 'a.md', line: 13, code: 'two();', context: 'component' },
    ]);
  });

  it('refuses a block that nothing closes', () => {
    assert.throws(() => blocksIn('# A\n```ts\none();\n', 'a.md'), /a\.md:2 opens a block/);
  });
});

describe('the spec of a page', () => {
  it('is all of its blocks together', () => {
    const page = '```ts\none();\n```\n' + SPEC;
    const [alone, spec, ...others] = joinSpec(blocksIn(page, 'a.md'));
    assert.equal(alone?.code, 'one();');
    assert.match(spec?.code ?? '', /^import .*beforeEach.*it\('is told/s);
    assert.deepEqual(others, []);
  });

  it('compiles and runs against the built package', async () => {
    const { problems, blocks } = await setup(SPEC);
    assert.deepEqual(problems, []);
    assert.deepEqual(await runSpecs(blocks), { passed: 1, failures: [] });
  });

  it('is told of where it does not hold', async () => {
    const { blocks } = await setup(SPEC.replace('toBe(true)', 'toBe(false)'), 'guide.md');
    const { passed, failures } = await runSpecs(blocks);
    assert.equal(passed, 0);
    assert.match(failures.join(), /guide\.md-\d+: a guide is told who is signed in does not hold/);
  });

  it('is told of where it does not run', async () => {
    const { blocks } = await setup(SPEC.replace('beforeEach(', 'nowhere('));
    assert.match((await runSpecs(blocks)).failures.join(), /nowhere is not defined/);
  });
});

describe('the code of a README', () => {
  it('compiles against the built package, in the context it names', async () => {
    const { problems } = await setup(`${QUICKSTART}
<!-- compiled in: providers -->
\`\`\`ts
provideAuth({ allow: ['/api'], refresh: refreshTokenGrant({ tokenEndpoint: '/token', clientId: 'app' }) }),
\`\`\`
`);
    assert.deepEqual(problems, []);
  });

  it('may show a field over several lines, and below it what a method does', async () => {
    const { problems } = await setup(`
<!-- compiled in: component -->
\`\`\`ts
readonly #context = skipAuth(
  requireAuth(),
); // the last one counts
this.http.get('/status', { context: this.#context }).subscribe();
\`\`\`
`);
    assert.deepEqual(problems, []);
  });

  it('is told of, with file and line, where it does not compile', async () => {
    const { problems } = await setup(QUICKSTART.replace('storage: localTokenStorage()', "storage: 'cellar'"));
    assert.equal(problems.length, 1);
    assert.match(
      problems[0] ?? '',
      /^README\.md:4 Type 'string' is not assignable .*\n {4}storage: 'cellar',/s,
    );
  });

  it('names the contexts there are, for one there is not', async () => {
    await assert.rejects(
      setup('<!-- compiled in: cellar -->\n```ts\none();\n```\n'),
      /none of: app-config, providers/,
    );
  });

  it('runs: six calls rejected at once, one refresh, six replays', async () => {
    const { quickstart } = await setup(QUICKSTART);
    const { names, requests, rejections, refreshes } = await runQuickstart(quickstart);
    assert.deepEqual(names, Array<string>(7).fill('Clerk'));
    assert.deepEqual({ requests, rejections, refreshes }, { requests: 13, rejections: 6, refreshes: 1 });
  });

  it('is caught where it compiles and does not work', async () => {
    const { problems, quickstart } = await setup(
      QUICKSTART.replace('withInterceptors([authInterceptor])', ''),
    );
    assert.deepEqual(problems, []);
    await assert.rejects(runQuickstart(quickstart), /HttpErrorResponse/);
  });
});

const QUICKSTART = `# A library
<!-- compiled in: app-config -->
\`\`\`ts
import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { authInterceptor, exchangeToken, localTokenStorage, provideAuth } from 'ngx-bearer';

export const appConfig: ApplicationConfig = {
  providers: [
    provideHttpClient(withInterceptors([authInterceptor])),
    provideAuth({
      allow: ['https://api.example.com'],                     // where the token may go
      refresh: exchangeToken('https://api.example.com/auth'), // the old token buys a new one
      storage: localTokenStorage(),                           // default: memory
    }),
  ],
};
\`\`\`

\`\`\`ts
import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { AuthSession, skipAuth } from 'ngx-bearer';
import { tap } from 'rxjs';

@Injectable({ providedIn: 'root' })
export class SignIn {
  readonly #http = inject(HttpClient);
  readonly #session = inject(AuthSession);

  signIn(form: { username: string; password: string }) {
    return this.#http
      .post('https://api.example.com/login', form, { context: skipAuth() })
      .pipe(tap((tokens) => this.#session.signIn(tokens)));
  }
}
\`\`\`
`;

const SPEC = `
<!-- compiled in: spec -->
\`\`\`ts
import { TestBed } from '@angular/core/testing';
import { AuthSession, exchangeToken, provideAuth } from 'ngx-bearer';
import { provideAuthTesting } from 'ngx-bearer/testing';

beforeEach(() => {
  TestBed.configureTestingModule({
    providers: [
      provideAuth({ allow: ['/api'], refresh: exchangeToken('/auth') }),
      provideAuthTesting({ signedInAs: 'alice' }),
    ],
  });
});
\`\`\`
<!-- compiled in: spec -->
\`\`\`ts
it('is told who is signed in', () => {
  expect(TestBed.inject(AuthSession).signedIn()).toBe(true);
});
\`\`\`
`;

async function setup(markdown: string, file = 'README.md') {
  const blocks = joinSpec(blocksIn(markdown, file));
  const modules = await writeBlocks(blocks);
  after(() => modules.remove());
  const [config = '', use = ''] = modules.files;
  return { problems: compileBlocks(blocks, modules), quickstart: { config, use }, blocks };
}
