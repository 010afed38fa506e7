import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import Fastify from 'fastify';
import { leaving, pause } from './waiting.ts';

describe('waiting', () => {
  it('ends as soon as the caller leaves', async (test) => {
    const { address, waited } = await startWaitingServer(test);
    await assert.rejects(fetch(address, { signal: AbortSignal.timeout(60) }));
    const { leftEarly, waitedMs } = await waited;
    assert.equal(leftEarly, true);
    assert.ok(waitedMs < 5000, `it waits ${waitedMs} ms for somebody who has left`);
  });

  it('does not begin for a caller who has left', async () => {
    const startedAtMs = performance.now();
    await pause(10_000, AbortSignal.abort());
    assert.ok(performance.now() - startedAtMs < 5000);
  });

  it('lasts as long as it is told to', async () => {
    const startedAtMs = performance.now();
    await pause(60, new AbortController().signal);
    assert.ok(performance.now() - startedAtMs >= 59);
  });
});

async function startWaitingServer(test: TestContext) {
  const server = Fastify({ forceCloseConnections: true });
  const { promise: waited, resolve } = Promise.withResolvers<{ leftEarly: boolean; waitedMs: number }>();
  server.get('/', async (_request, reply) => {
    const left = leaving(reply);
    const startedAtMs = performance.now();
    await pause(8000, left);
    resolve({ leftEarly: left.aborted, waitedMs: performance.now() - startedAtMs });
    return 'done';
  });
  test.after(() => server.close());
  return { address: await server.listen({ port: 0, host: '127.0.0.1' }), waited };
}
