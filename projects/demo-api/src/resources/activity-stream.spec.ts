import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { bearer, startDepot } from '../testing/depot-caller.ts';
import { readStream } from '../testing/read-stream.ts';

describe('GET /activity/stream', () => {
  it('sends as many events as asked for, four a second, and ends', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const startedAtMs = performance.now();
    const numbers: unknown[] = [];
    for await (const event of readStream(`${depot.address}/activity/stream?events=3`, bearer(accessToken))) {
      numbers.push((event as { number: number }).number);
    }
    assert.deepEqual(numbers, [1, 2, 3]);
    assert.ok(performance.now() - startedAtMs >= 490, 'the events come too fast');
  });

  it('is a stream of events, five by default', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    const { status, headers, body } = await depot.get('/activity/stream', accessToken);
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'text/event-stream; charset=utf-8');
    assert.equal(String(body['text']).match(/^data: /gm)?.length, 5);
  });

  it('checks the token at the start only', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    assert.equal((await depot.get('/activity/stream?events=1')).status, 401);
    const stream = depot.get('/activity/stream?events=2', accessToken);
    await setTimeout(50);
    await depot.post('/control/expire');
    assert.match(String((await stream).body['text']), /"number":2/);
    assert.equal((await depot.get('/activity/stream?events=1', accessToken)).status, 401);
  });

  it('refuses a count that is none', async (test) => {
    const depot = await startDepot(test);
    const { accessToken } = await depot.signIn();
    for (const events of ['0', '1001', '1.5', 'many', '']) {
      const { status, body } = await depot.get(`/activity/stream?events=${events}`, accessToken);
      assert.equal(status, 400);
      assert.match(String(body['message']), /^"events" is .*Allowed: a whole number from 1 to 1000\.$/);
    }
  });
});
