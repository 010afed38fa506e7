import express from 'express';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { serve } from '../node/serve.ts';
import { deleteUser, revoke } from './database.ts';

const PAGE = join(import.meta.dirname, '..', '..', '..', 'docs', 'node.md');
const PRINTED = new URL('./printed.js', import.meta.url).href;
const BLOCK = /^## Express$.*?^```js$(.*?)^```$/ms;

// The server is the text of the docs page, unchanged; its database is the one of this folder.
registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === PRINTED) return { url: PRINTED, shortCircuit: true };
    const isDatabase = context.parentURL === PRINTED && specifier === './database.js';
    return next(isDatabase ? './database.ts' : specifier, context);
  },
  load: (url, context, next) =>
    url === PRINTED ? { format: 'module', source: printed(), shortCircuit: true } : next(url, context),
});

process.env['JWT_SECRET'] = 'of this test, and long enough for HMAC with SHA-256';
express.application.listen = function () {
  serve(this, { refreshPath: '/auth/refresh', revoke, deleteUser });
};
await import(PRINTED);

function printed(): string {
  const [, code] = BLOCK.exec(readFileSync(PAGE, 'utf8')) ?? [];
  if (!code) throw new Error('docs/node.md prints no server under "Express".');
  return code;
}
