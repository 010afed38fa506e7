import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { invoicesDigest, meDigest, ordersDigest, stockDigest } from './digest.ts';

describe('digest', () => {
  it('shows the newest three orders and counts those to pack', () => {
    const digest = ordersDigest(
      ['placed', 'packed', 'placed', 'shipped'].map((status, index) => ({
        id: `o-${index}`,
        customer: 'Kestrel Outdoor',
        status,
      })),
    );

    assert.equal(`${digest.figure} ${digest.meaning}`, '4 orders, 2 of them to pack');
    assert.deepEqual(
      digest.rows.map(({ left, right }) => `${left}: ${right}`),
      ['o-3 Kestrel Outdoor: shipped', 'o-2 Kestrel Outdoor: placed', 'o-1 Kestrel Outdoor: packed'],
    );
  });

  it('adds up what is unpaid, and only that', () => {
    const digest = invoicesDigest([
      { id: 'i-1', customer: 'Old Mill Paper', totalCents: 120_000, paid: false },
      { id: 'i-2', customer: 'Old Mill Paper', totalCents: 99_900, paid: true },
    ]);

    assert.equal(`${digest.figure} ${digest.meaning}`, '€1,200 unpaid, 1 of 2 invoices');
    assert.equal(digest.rows.length, 1);
  });

  it('puts the scarcest stock first', () => {
    const digest = stockDigest([
      { shelf: 'A1', name: 'Box', pieces: 900 },
      { shelf: 'B2', name: 'Tube', pieces: 600 },
    ]);

    assert.equal(digest.figure, '1,500');
    assert.deepEqual(digest.rows[0], { left: 'B2 Tube', right: '600' });
  });

  it('is empty, not broken, for an answer of another shape', () => {
    for (const body of [null, 'no', 7, {}, [null, 'no']]) {
      assert.equal(ordersDigest(body).figure, '0');
      assert.equal(meDigest(body).figure, '–');
    }
  });
});
