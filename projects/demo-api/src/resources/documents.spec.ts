import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHash, randomBytes } from 'node:crypto';
import { bearer, startDepot, type DepotCaller } from '../testing/depot-caller.ts';

const MEGABYTE = 1024 * 1024;
const LIMIT = 60 * MEGABYTE;
const RAW = 'application/octet-stream';

describe('POST /documents', () => {
  it('tells size and hash of raw bytes', async (test) => {
    const { depot, accessToken } = await setup(test);
    const bytes = randomBytes(3 * MEGABYTE + 17);
    const { status, body } = await upload(depot, { accessToken, body: bytes, contentType: RAW });
    assert.equal(status, 201);
    assert.deepEqual(body, { size: bytes.length, sha256: sha256(bytes) });
    assert.equal((await depot.counters())['uploads'], 1);
  });

  it('tells name, size and hash of a file in a form', async (test) => {
    const { depot, accessToken } = await setup(test);
    const bytes = randomBytes(2 * MEGABYTE + 5);
    const { status, body } = await upload(depot, { accessToken, body: formWith(bytes, 'way bill.pdf') });
    assert.equal(status, 201);
    assert.deepEqual(body, { name: 'way bill.pdf', size: bytes.length, sha256: sha256(bytes) });
  });

  it('takes an empty file', async (test) => {
    const { depot, accessToken } = await setup(test);
    const empty = Buffer.alloc(0);
    const expected = { size: 0, sha256: sha256(empty) };
    assert.deepEqual((await upload(depot, { accessToken, body: empty, contentType: RAW })).body, expected);
  });

  it('takes 60 MB and not one byte more', async (test) => {
    const { depot, accessToken } = await setup(test);
    const [fits, tooLarge] = [Buffer.alloc(LIMIT), Buffer.alloc(LIMIT + 1)];
    for (const [body, contentType, status] of [
      [fits, RAW, 201],
      [tooLarge, RAW, 413],
      [formWith(fits, 'fits'), undefined, 201],
      [formWith(tooLarge, 'too large'), undefined, 413],
    ] as const) {
      assert.equal((await upload(depot, { accessToken, body, contentType })).status, status);
    }
    assert.equal((await depot.counters())['uploads'], 2);
  });

  it('answers a rejected token also while a large file is on its way', async (test) => {
    const { depot, accessToken } = await setup(test);
    await depot.post('/control/expire');
    const body = Buffer.alloc(20 * MEGABYTE, 7);
    assert.equal((await upload(depot, { accessToken, body, contentType: RAW })).status, 401);
    const fresh = await depot.post('/auth', undefined, accessToken);
    const replayed = await upload(depot, {
      accessToken: String(fresh.body['access_token']),
      body,
      contentType: RAW,
    });
    assert.equal(replayed.body['sha256'], sha256(body));
  });

  it('explains a foreign type, a missing one and a form without a file', async (test) => {
    const { depot, accessToken } = await setup(test);
    const foreign = await upload(depot, { accessToken, body: Buffer.from('x'), contentType: 'image/png' });
    assert.equal(foreign.status, 415);
    assert.match(
      String(foreign.body['message']),
      /^Content-Type is image\/png\. Send multipart\/form-data or/,
    );
    assert.equal((await depot.post('/documents', undefined, accessToken)).status, 415);
    const form = new FormData();
    form.set('note', 'no file here');
    assert.equal((await upload(depot, { accessToken, body: form })).status, 400);
    assert.equal((await depot.counters())['uploads'], 0);
  });

  it('explains a form that cannot be read, or holds two files', async (test) => {
    const { depot, accessToken } = await setup(test);
    const start = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhello';
    for (const [contentType, text] of [
      ['multipart/form-data', 'x'],
      ['multipart/form-data; boundary=b', 'x'],
      ['multipart/form-data; boundary=b', start],
      ['multipart/form-data; boundary=b', `${start}\r\n${start}\r\n--b--\r\n`],
    ] as const) {
      const { status, body } = await upload(depot, { accessToken, body: Buffer.from(text), contentType });
      assert.equal(status, 400);
      assert.match(String(body['message']), /with exactly one file in it/);
    }
    assert.equal((await depot.counters())['uploads'], 0);
  });
});

async function setup(test: Parameters<typeof startDepot>[0]) {
  const depot = await startDepot(test);
  return { depot, accessToken: (await depot.signIn()).accessToken };
}

interface Upload {
  readonly accessToken: string;
  readonly body: FormData | Buffer<ArrayBuffer>;
  readonly contentType?: string | undefined;
}

function upload(depot: DepotCaller, { accessToken, body, contentType }: Upload) {
  const type = contentType === undefined ? {} : { 'Content-Type': contentType };
  return depot.send('/documents', { method: 'POST', headers: { ...bearer(accessToken), ...type }, body });
}

function formWith(bytes: Buffer<ArrayBuffer>, name: string): FormData {
  const form = new FormData();
  form.set('file', new File([bytes], name));
  return form;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
