import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '..');
const MESSAGES = join(ROOT, 'projects', 'ngx-bearer', 'src', 'spec', 'mistake-messages.json');
const QUOTE = /^```text\n(.*?)^```$/gms;

describe('docs/mistakes.md', async () => {
  const page = await readFile(join(ROOT, 'docs', 'mistakes.md'), 'utf8');

  it('quotes exactly the messages that mistakes.spec.ts provokes', async () => {
    const messages = JSON.parse(await readFile(MESSAGES, 'utf8')) as Record<string, string>;
    const quoted = [...page.matchAll(QUOTE)].map(([, text = '']) => text.trim().replace(/\s+/g, ' '));
    assert.deepEqual(quoted.sort(), Object.values(messages).sort());
  });

  it('has twelve mistakes', () => {
    const numbers = [...page.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number));
    assert.deepEqual(
      numbers,
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
  });
});
