import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer } from '../tabs/servers/message.ts';
import { blockUnder } from './docs-block.ts';
import { bodyOf, charactersOf, lifeOf, signInFields } from './shapes.ts';

const PAGE = `
\`\`\`ts
const first = 1;
\`\`\`

## Second

\`\`\`python
# no heading
\`\`\`

### Deeper

\`\`\`ts
const second = 2;
\`\`\`

## Third
`;

describe('the block of a docs page', () => {
  it('is the first of the page', () => {
    assert.equal(blockUnder(PAGE, { file: 'page.md' }).code, 'const first = 1;');
  });

  it('is the first under a heading, also if it stands deeper or behind a comment', () => {
    assert.equal(blockUnder(PAGE, { file: 'page.md', heading: 'Second' }).code, 'const second = 2;');
  });

  it('is reported if it is missing', () => {
    assert.throws(() => blockUnder(PAGE, { file: 'page.md', heading: 'Third' }), /page\.md has no block/);
    assert.throws(() => blockUnder(PAGE, { file: 'page.md', heading: 'Fourth' }), /no heading "Fourth"/);
  });
});

describe('a row of docs/servers.md', () => {
  it('names the fields of a sign-in, also inner ones that are tokens', () => {
    const answer = json({ data: { access_token: 'a', expires: 900 }, refresh: '', user: { name: 'alice' } });
    assert.equal(signInFields(answer), '`data.access_token`, `data.expires`, `refresh: ""`, `user`');
  });

  it('names the sources of the life', () => {
    assert.equal(lifeOf(json({ expires_in: 3 }), jwt({ iat: 1, exp: 4 })), '`expires_in`, `exp - iat`');
    assert.equal(lifeOf(json({}), jwt({ exp: 4 })), '`exp`');
    assert.equal(lifeOf(json({}), 'opaque'), 'unknown');
  });

  it('classifies the characters of tokens', () => {
    assert.equal(charactersOf([jwt({}), jwt({})]), 'JWT');
    assert.equal(charactersOf(['00ff', '12ab']), 'hexadecimal');
    assert.equal(charactersOf(['12|aZ']), 'letters, digits `|`');
    assert.equal(charactersOf(['a-Z']), charactersOf(['a_Z']));
    assert.equal(charactersOf([]), 'none');
  });

  it('names the fields of a refusal, with the values that classify it', () => {
    assert.equal(
      bodyOf(json({ error: 'invalid_grant', message: 'No' })),
      '`{ error: invalid_grant, message }`',
    );
    assert.equal(bodyOf(answerOf('')), 'empty');
    assert.equal(bodyOf(answerOf('<p>', 'text/html; charset=utf-8')), 'text/html');
  });
});

function json(body: unknown): Answer {
  return answerOf(JSON.stringify(body), 'application/json');
}

function answerOf(body: string, type?: string): Answer {
  return { status: 200, headers: type ? { 'content-type': type } : {}, body: Buffer.from(body) };
}

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.sig`;
}
