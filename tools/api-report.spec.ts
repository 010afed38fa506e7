import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { reportApi } from './api-report.ts';

describe('reportApi', () => {
  it('names each export once, an overloaded one too', async () => {
    const { names } = await reportApi(await setup(DECLARATIONS));
    assert.deepEqual([...names].sort(), ['Desk', 'PLACES', 'Place', 'open']);
  });

  it('tells the types that callers meet and cannot name', async () => {
    const { text } = await reportApi(await setup(DECLARATIONS));
    assert.match(text, /\(ae-forgotten-export\) The symbol "Hidden"/);
  });

  it('changes with a signature, and not with a comment or the place in the file', async () => {
    const { text } = await reportApi(await setup(DECLARATIONS));
    const documented = await reportApi(await setup(`/** New words.\n * And more. */\n${DECLARATIONS}`));
    assert.equal(documented.text, text);
    const changed = await reportApi(await setup(DECLARATIONS.replace('chairs: number', 'chairs: string')));
    assert.notEqual(changed.text, text);
  });

  it('refuses declarations that do not compile', async () => {
    const broken = await setup('export declare function open(): Nowhere;\n');
    await assert.rejects(reportApi(broken), /Nowhere/);
  });

  it('says how to build where there is nothing to read', async () => {
    const nothing = { folder: tmpdir(), declarations: join(tmpdir(), 'no-such-package', 'index.d.ts') };
    await assert.rejects(reportApi(nothing), /npm run build/);
  });
});

const DECLARATIONS = `
interface Hidden { legs: number }
export interface Desk { chairs: number }
export declare function open(options: { place: Hidden }): Desk;
export declare function open(options: { place: Hidden }, count: number): Desk;
declare const PLACES: readonly Place[];
type Place = 'left' | 'right';
export { PLACES };
export type { Place };
`;

async function setup(declarations: string) {
  const folder = await mkdtemp(join(tmpdir(), 'reported-'));
  after(() => rm(folder, { recursive: true }));
  await writeFile(
    join(folder, 'package.json'),
    '{ "name": "desk", "version": "1.0.0", "types": "index.d.ts" }',
  );
  const file = join(folder, 'index.d.ts');
  await writeFile(file, declarations);
  return { folder, declarations: file };
}
