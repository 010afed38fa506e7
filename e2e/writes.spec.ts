import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { callerJourney } from './stage/caller-journey.ts';
import { skipIn } from './stage/engine.ts';
import { eventually } from './stage/eventually.ts';
import { journey } from './stage/journey.ts';

const FIVE_MEGABYTES = 5 * 1024 * 1024;
const BACKENDS = ['fetch', 'xhr'] as const;

describe('an upload that is rejected', () => {
  for (const backend of BACKENDS) {
    it(
      `arrives byte for byte from a form, with ${backend}`,
      { skip: skipIn({ webkit: 'its inspector takes no message of this size' }) },
      journey({ address: { backend } }, async ({ demo, depot }) => {
        const buffer = randomBytes(FIVE_MEGABYTES);
        const sha256 = createHash('sha256').update(buffer).digest('hex');
        await demo.expireTokens();
        await demo
          .part('upload')
          .setInputFiles({ name: 'way-bill.pdf', mimeType: 'application/pdf', buffer });
        const told = `way-bill.pdf arrived byte for byte. SHA-256 ${sha256}`;
        await eventually(() => demo.textOf('upload-result'), told);
        assert.deepEqual(await depot.counters(), { requests: 2, rejections: 1, refreshes: 1, uploads: 1 });
        assert.deepEqual((await depot.story())['POST /documents'], ['401 user-1 v1', '201 user-1 v2']);
      }),
    );

    for (const kind of ['bytes', 'form'] as const) {
      it(
        `arrives byte for byte from ${kind === 'form' ? 'a FormData file' : 'a Blob'}, with ${backend}`,
        callerJourney({ address: { backend } }, async ({ caller, depot }) => {
          await depot.expireTokens();
          const body = { kind, size: FIVE_MEGABYTES } as const;
          const [upload] = await caller.send([{ method: 'POST', to: '/documents', body }]);
          assert.equal(upload?.status, 201);
          const name = kind === 'form' ? { name: 'way-bill.pdf' } : {};
          assert.deepEqual(upload.body, { ...name, size: FIVE_MEGABYTES, sha256: upload.sha256 });
          assert.deepEqual(await depot.counters(), { requests: 2, rejections: 1, refreshes: 1, uploads: 1 });
        }),
      );
    }
  }
});

describe('an order that is rejected', () => {
  it(
    'is placed once',
    journey({}, async ({ demo, depot }) => {
      await demo.expireTokens();
      await demo.part('post-order').click();
      await eventually(() => demo.textOf('order-result'), 'Order o-1021 placed: 3 pieces.');
      assert.deepEqual(await depot.counters(), { requests: 2, rejections: 1, refreshes: 1, applications: 1 });
      assert.deepEqual((await depot.story())['POST /orders'], ['401 user-1 v1', '201 user-1 v2']);
      await eventually(async () => (await demo.counters())['applications'], '1');
    }),
  );

  it(
    'is placed once each when six are, with every body in its own replay',
    callerJourney({}, async ({ caller, depot }) => {
      await depot.expireTokens();
      const orders = [1, 2, 3, 4, 5, 6].map((quantity) => ({
        product: 'p-01',
        quantity,
        callId: `order-${quantity}`,
      }));
      const ends = await caller.send(
        orders.map((value) => ({ method: 'POST', to: '/orders', body: { kind: 'json', value } })),
      );
      for (const [index, end] of ends.entries()) {
        const { product, quantity, callId } = end.body as Record<string, unknown>;
        assert.deepEqual({ product, quantity, callId }, orders[index]);
      }
      assert.deepEqual(await depot.counters(), {
        requests: 12,
        rejections: 6,
        refreshes: 1,
        applications: 6,
      });
      const twice = ['401 user-1 v1', '201 user-1 v2'];
      const story = Object.fromEntries(orders.map(({ callId }) => [callId, twice]));
      assert.deepEqual(await depot.storyByCallId(), story);
    }),
  );
});
