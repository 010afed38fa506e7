import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const GUIDE = join(import.meta.dirname, '..', '..', 'docs', 'ssr.md');
const BLOCK = /^```(?:ts|typescript)\n(.*?)^```$/gms;

describe('the guide to server rendering', () => {
  it('shows code of the application that is rendered here', async () => {
    const app = await allCode();
    const blocks = [...(await readFile(GUIDE, 'utf8')).matchAll(BLOCK)].map(([, code = '']) => squeeze(code));
    assert.equal(blocks.length, 4);
    assert.deepEqual(
      blocks.filter((code) => !app.includes(code)),
      [],
    );
  });
});

async function allCode(): Promise<string> {
  const files = await Array.fromAsync(glob(join(import.meta.dirname, 'app', '*.ts')));
  return squeeze((await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n'));
}

/** Indentation apart. */
function squeeze(code: string): string {
  return code.replaceAll(/\s+/g, ' ').trim();
}
