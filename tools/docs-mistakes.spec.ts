import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '..');
// Not by a literal: to the types of this folder, a file of the library is no module.
const FILE = join(ROOT, 'projects', 'ngx-bearer', 'src', 'spec', 'mistake-messages.ts');
const { MESSAGES } = (await import(FILE)) as { readonly MESSAGES: Readonly<Record<string, string>> };
const QUOTE = /^```text\n(.*?)^```$/gms;

describe('docs/mistakes.md', async () => {
  const page = await readFile(join(ROOT, 'docs', 'mistakes.md'), 'utf8');

  it('quotes exactly the messages that mistakes.spec.ts provokes', () => {
    const quoted = [...page.matchAll(QUOTE)].map(([, text = '']) => text.trim().replace(/\s+/g, ' '));
    assert.deepEqual(quoted.sort(), Object.values(MESSAGES).sort());
  });

  it('has twelve mistakes', () => {
    const numbers = [...page.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number));
    assert.deepEqual(
      numbers,
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
  });
});
