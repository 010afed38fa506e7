import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';

interface Options {
  readonly refresh?: string;
  readonly accessField?: string;
}

const built = '../../../../dist/ngx-bearer/schematics/ng-add/ask-fields.js';
const { askFields } = createRequire(import.meta.url)(built) as {
  askFields: (
    options: Options,
    ask?: (question: string, usual: string) => Promise<string>,
  ) => Promise<Options>;
};

describe('the names of fields', () => {
  it('are asked for a server without a preset', async () => {
    const asked: string[] = [];
    const options = await askFields({ refresh: 'json' }, (question) => {
      asked.push(question);
      return Promise.resolve(question.includes('access token') ? ' data.jwt ' : '');
    });
    assert.equal(asked.length, 3);
    assert.deepEqual(options, { refresh: 'json', accessField: 'data.jwt' });
  });

  it('are not asked for a known server, nor if a flag names one', async () => {
    const never = () => assert.fail('it asks');
    assert.deepEqual(await askFields({ refresh: 'django' }, never), { refresh: 'django' });
    const given = { refresh: 'json', accessField: 'jwt' };
    assert.deepEqual(await askFields(given, never), given);
  });

  it('are not asked where nobody is there to answer', async () => {
    assert.deepEqual(await askFields({ refresh: 'json' }), { refresh: 'json' });
  });
});
