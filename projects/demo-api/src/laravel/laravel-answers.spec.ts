import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import { answerAsLaravel, HttpException, sendJson } from './laravel-answers.ts';

// The bytes are those of PHP 8.2's json_encode with the flags that laravel/framework 13.26.1 gives it.
describe('answers of Laravel', () => {
  it('escape slashes and letters in response()->json() (Illuminate/Http/JsonResponse.php)', async () => {
    const { payload, headers } = await setup().inject('/json');
    assert.equal(payload, '{"name":"Zo\\u00eb\\/x"}');
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers['cache-control'], 'no-cache, private');
  });

  it('are indented by four spaces after an exception, with bare slashes (Handler.php)', async () => {
    const { statusCode, payload, headers } = await setup().inject('/http-exception');
    assert.equal(statusCode, 418);
    assert.equal(payload, '{\n    "message": "Zo\\u00eb/x"\n}');
    assert.equal(headers['x-why'], 'tea');
  });

  it('keep the message of any other exception back (Handler.php, convertExceptionToArray)', async () => {
    const { statusCode, payload } = await setup().inject('/bug');
    assert.equal(statusCode, 500);
    assert.equal(payload, '{\n    "message": "Server Error"\n}');
  });
});

function setup() {
  const api = Fastify();
  answerAsLaravel(api);
  api.get('/json', (_request, reply) => sendJson(reply, { name: 'Zoë/x' }));
  api.get('/http-exception', () => {
    throw new HttpException(418, 'Zoë/x', { 'X-Why': 'tea' });
  });
  api.get('/bug', () => {
    throw new Error('secret');
  });
  return api;
}
