import { NestApplication } from '@nestjs/core';
import { ThrottlerStorage } from '@nestjs/throttler';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { deleteUser, revoke } from '../../express/database.ts';
import { serve } from '../../node/serve.ts';

const PAGE = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'nestjs.md');
const PRINTED = new URL('./printed.js', import.meta.url).href;
const DATABASE = new URL('../../express/database.ts', import.meta.url).href;
const BLOCK = /^```typescript$(.*?)^```$/ms;

// The server is the text of the docs page, unchanged; it shares the database of the Express server.
registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === PRINTED) return { url: PRINTED, shortCircuit: true };
    const isDatabase = context.parentURL === PRINTED && specifier === './database.js';
    return next(isDatabase ? DATABASE : specifier, context);
  },
  load: (url, context, next) =>
    url === PRINTED ? { format: 'module', source: compiled(), shortCircuit: true } : next(url, context),
});

process.env['JWT_SECRET'] = 'of this test, and long enough for HMAC with SHA-256';
NestApplication.prototype.listen = async function (this: NestApplication) {
  await this.init();
  const handler = this.getHttpAdapter().getInstance<RequestListener>();
  const storage = this.get<ThrottlerStorage>(ThrottlerStorage);
  serve(handler, { refreshPath: '/auth/refresh', revoke, deleteUser, throttle: () => exceedOnce(storage) });
};
await import(PRINTED);

/** Node removes types, but compiles no decorators. */
function compiled(): string {
  const [, code] = BLOCK.exec(readFileSync(PAGE, 'utf8')) ?? [];
  if (!code) throw new Error('docs/nestjs.md prints no server.');
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  return outputText;
}

/** The next request that the throttler counts is one too many; the guard answers it as always. */
function exceedOnce(storage: ThrottlerStorage): void {
  const increment = storage.increment.bind(storage);
  storage.increment = async (...request) => {
    storage.increment = increment;
    return { ...(await increment(...request)), isBlocked: true, timeToBlockExpire: 1 };
  };
}
