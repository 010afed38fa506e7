import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import { PersonalAccessTokens, type TokenTable } from './personal-access-tokens.ts';

// laravel/sanctum 4.0.1: HasApiTokens.php, PersonalAccessToken.php, Guard.php.
describe('personal access tokens of Sanctum', () => {
  it('are an id, 40 letters and digits, and their CRC-32', () => {
    const { create } = setup();
    for (const id of [1, 2, 3]) {
      const [, found, entropy = '', checksum] =
        /^(\d+)\|([A-Za-z0-9]{40})([0-9a-f]{8})$/.exec(create()) ?? [];
      assert.equal(found, String(id));
      assert.equal(Number.parseInt(checksum ?? '', 16), crc32(entropy));
    }
  });

  it('are stored as the SHA-256 of what follows the "|"', () => {
    const { create, table } = setup();
    const [, plainText = ''] = create().split('|');
    assert.match(table.rows[0]?.token ?? '', /^[0-9a-f]{64}$/);
    assert.ok(!JSON.stringify(table).includes(plainText));
  });

  it('are found with and without their id, and not with another one', () => {
    const { create, tokens } = setup();
    const [, plainText = ''] = create().split('|');
    create();
    assert.equal(tokens.find(`1|${plainText}`)?.id, 1);
    assert.equal(tokens.find(plainText)?.id, 1);
    for (const foreign of [`2|${plainText}`, `9|${plainText}`, `x|${plainText}`, '1|', '|', 'garbage', '']) {
      assert.equal(tokens.find(foreign), undefined);
    }
  });

  it('expire after the second of their expires_at', () => {
    const { create, tokens, clock } = setup();
    const token = create();
    clock.nowMs = 60_000;
    assert.equal(tokens.find(token)?.id, 1);
    clock.nowMs = 60_001;
    assert.equal(tokens.find(token), undefined);
  });

  it('never get the id of a deleted one', () => {
    const { create, tokens } = setup();
    const row = tokens.find(create());
    assert.ok(row);
    tokens.delete(row);
    assert.match(create(), /^2\|/);
  });
});

function setup() {
  const clock = { nowMs: 900 };
  const table: TokenTable = { lastId: 0, rows: [] };
  const tokens = new PersonalAccessTokens(table, () => clock.nowMs);
  const create = () => tokens.create({ userId: 1, name: 'access', lifeSeconds: 60 });
  return { clock, table, tokens, create };
}
