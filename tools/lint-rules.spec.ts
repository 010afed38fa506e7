import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const SOURCE = 'projects/ngx-bearer/src';

/** [file, code, the rule that fires] */
const broken: readonly (readonly [string, string, string])[] = [
  [`${SOURCE}/request/scope.ts`, `import { a } from '../session/tokens';`, 'no-restricted-imports'],
  [
    `${SOURCE}/request/scope.ts`,
    `import type { A } from '../refresh/refresh-gate';`,
    'no-restricted-imports',
  ],
  [`${SOURCE}/request/scope.ts`, `import { a } from '../auth-session';`, 'no-restricted-imports'],
  [`${SOURCE}/request/scope.ts`, `import { BehaviorSubject } from 'rxjs';`, 'no-restricted-imports'],
  [`${SOURCE}/request/scope.ts`, `import { signal } from '@angular/core';`, 'no-restricted-imports'],
  [`${SOURCE}/session/tokens.ts`, `import type { A } from '@angular/common/http';`, 'no-restricted-imports'],
  [`${SOURCE}/session/tokens.ts`, `import { a } from '../refresh/refresh-gate';`, 'no-restricted-imports'],
  [`${SOURCE}/session/tokens.ts`, `import { a } from '../request/replay';`, 'no-restricted-imports'],
  [`${SOURCE}/session/tokens.ts`, `import { a } from '../auth-interceptor';`, 'no-restricted-imports'],
  [`${SOURCE}/session/tokens.ts`, `import { a } from '../tabs/place';`, 'no-restricted-imports'],
  [`${SOURCE}/session/tokens.ts`, `import { a } from '../storage/record';`, 'no-restricted-imports'],
  [`${SOURCE}/storage/record.ts`, `import { a } from '../tabs/place';`, 'no-restricted-imports'],
  [
    `${SOURCE}/storage/record.ts`,
    `import type { A } from '../refresh/refresh-gate';`,
    'no-restricted-imports',
  ],
  [`${SOURCE}/storage/record.ts`, `import type { A } from '@angular/common/http';`, 'no-restricted-imports'],
  [`${SOURCE}/session/tokens.ts`, `import { DOCUMENT } from '@angular/common';`, 'no-restricted-imports'],
  [`${SOURCE}/session/tokens.ts`, `localStorage.clear();`, 'no-restricted-globals'],
  [`${SOURCE}/tabs/place.ts`, `import { a } from '../request/replay';`, 'no-restricted-imports'],
  [`${SOURCE}/tabs/place.ts`, `import type { A } from '../refresh/refresh-gate';`, 'no-restricted-imports'],
  [`${SOURCE}/tabs/place.ts`, `import { a } from '../auth-config';`, 'no-restricted-imports'],
  [`${SOURCE}/tabs/place.ts`, `import type { A } from '@angular/common/http';`, 'no-restricted-imports'],
  [`${SOURCE}/request/scope.ts`, `import { a } from '../tabs/place';`, 'no-restricted-imports'],
  [`${SOURCE}/refresh/gate.ts`, `import type { A } from '../tabs/place';`, 'no-restricted-imports'],
  [
    `${SOURCE}/refresh/strategies/exchange-token.ts`,
    `import { a } from '../../tabs/connect';`,
    'no-restricted-imports',
  ],
  [`${SOURCE}/refresh/gate.ts`, `import type { A } from '../storage/record';`, 'no-restricted-imports'],
  [`${SOURCE}/hints/hint.ts`, `import { a } from '../tabs/place';`, 'no-restricted-imports'],
  [`${SOURCE}/provide-auth.ts`, `import { a } from './tabs/storage-sync';`, 'no-restricted-imports'],
  [`${SOURCE}/auth-session.ts`, `import { a } from './tabs/place';`, 'no-restricted-imports'],
  [`${SOURCE}/auth-config.ts`, `import type { A } from './tabs/place';`, 'no-restricted-imports'],
  [`${SOURCE}/auth-config.ts`, `import type { A } from './storage/connect';`, 'no-restricted-imports'],
  [`${SOURCE}/refresh/gate.ts`, `import { a } from '../auth-interceptor';`, 'no-restricted-imports'],
  [
    `${SOURCE}/refresh/strategies/cookie.ts`,
    `import { a } from '../../auth-session';`,
    'no-restricted-imports',
  ],
  [`${SOURCE}/hints/hint.ts`, `import { a } from '../session/session';`, 'no-restricted-imports'],
  [`${SOURCE}/hints/hint.ts`, `import { a } from '../auth-interceptor';`, 'no-restricted-imports'],
  [`${SOURCE}/refresh/gate.ts`, `import { a } from '../public-api';`, 'no-restricted-imports'],
  [`${SOURCE}/auth-session.ts`, `import { a } from './public-api';`, 'no-restricted-imports'],
  [
    'projects/ngx-bearer/testing/src/kit.ts',
    `import { a } from '../../src/auth-parts';`,
    'no-restricted-imports',
  ],
  [
    'projects/ngx-bearer/testing/src/kit.ts',
    `import { a } from 'ngx-bearer/router';`,
    'no-restricted-imports',
  ],
  ['projects/ngx-bearer/testing/src/kit.ts', `const asked = [];`, 'no-restricted-syntax'],
  ['projects/ngx-bearer/router/src/guard.ts', `import { a } from '../../src/a';`, 'no-restricted-imports'],
  ['projects/ngx-bearer/router/src/guard.ts', `import { ɵa } from 'ngx-bearer';`, 'no-restricted-imports'],
  ['projects/demo/src/main.ts', `import { a } from 'ngx-bearer/src/auth-session';`, 'no-restricted-imports'],
  [
    'projects/demo/src/main.ts',
    `import { a } from '../../ngx-bearer/src/auth-session';`,
    'no-restricted-imports',
  ],
  [
    'e2e/journey.spec.ts',
    `import { a } from '../projects/ngx-bearer/src/auth-session.ts';`,
    'no-restricted-imports',
  ],
  [`${SOURCE}/auth-session.ts`, `let current = null;`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `export let current = null;`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `var current = null;`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `const gates = new Map();`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `export const gate = new BehaviorSubject(null);`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `const token = signal(null);`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `const queue = [];`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `const gates: Record<string, Gate> = {};`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `const gate = { current: null as Gate | null };`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `const gate: State = { current: null };`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `const gates = {} as Record<string, Gate>;`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `const queue: Gate[] = [first];`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `const gate = new RefreshGate();`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `const gate = openGate();`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `class Gate { static current = null; }`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `class Gate { static readonly all = new Set(); }`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.ts`, `console.warn('why');`, 'no-console'],
  [`${SOURCE}/tabs/place.ts`, `console.error('why');`, 'no-console'],
  [`${SOURCE}/auth-session.ts`, `let a: any;`, '@typescript-eslint/no-explicit-any'],
  [
    `${SOURCE}/auth-session.ts`,
    `// eslint-disable-next-line no-console\nconsole.log(1);`,
    'project/described-directives',
  ],
  [`${SOURCE}/auth-session.ts`, `// TODO later`, 'no-warning-comments'],
  [`${SOURCE}/auth-session.ts`, `'line';\n`.repeat(201), 'max-lines'],
  [`${SOURCE}/auth-session.ts`, `function f() {${'\n  g();'.repeat(41)}\n}`, 'max-lines-per-function'],
  [`${SOURCE}/auth-session.ts`, `function f() { if (a) { if (b) { if (c) { d(); } } } }`, 'max-depth'],
  [`${SOURCE}/auth-session.ts`, `function f(a: 1, b: 2, c: 3, d: 4) {}`, 'max-params'],
  [`${SOURCE}/auth-session.ts`, `const err = 1;`, 'id-denylist'],
  [`${SOURCE}/auth-session.spec.ts`, `it('should hold', () => {});`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.spec.ts`, `it.only('holds', () => {});`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.spec.ts`, `xit('holds', () => {});`, 'no-restricted-syntax'],
  [`${SOURCE}/auth-session.spec.ts`, `jest.fn();`, 'no-restricted-globals'],
  ['projects/demo/src/card.html', `<img src="a.png">`, '@angular-eslint/template/alt-text'],
  [
    'projects/demo/src/card.html',
    `<div (click)="a()"></div>`,
    '@angular-eslint/template/click-events-have-key-events',
  ],
];

const sound: readonly (readonly [string, string])[] = [
  [
    `${SOURCE}/request/scope.ts`,
    `import { HttpRequest } from '@angular/common/http';\nimport { a } from '../auth-errors';`,
  ],
  [
    `${SOURCE}/session/tokens.ts`,
    `import { signal } from '@angular/core';\nimport { a } from '../auth-config';`,
  ],
  [
    `${SOURCE}/refresh/gate.ts`,
    `import { a } from '../session/tokens';\nimport { HttpClient } from '@angular/common/http';`,
  ],
  [
    `${SOURCE}/tabs/place.ts`,
    `import { a } from '../session/session';
    import { b } from '../hints/warn-once';
    import { g } from '../storage/record';
    import type { C } from '../refresh/session-sync';
    import { d } from '../refresh/refresh-outcome';
    import { e } from '../refresh/longest-timer';
    import { f } from './database';`,
  ],
  [`${SOURCE}/refresh/strategies/refresh-cookie.ts`, `import { a } from '../../tabs/cookie-tabs';`],
  [`${SOURCE}/provide-auth.ts`, `import { a } from './storage/plain-sync';`],
  [`${SOURCE}/public-api.ts`, `export { a } from './tabs/local-token-storage';`],
  [`${SOURCE}/auth-config.ts`, `import type { A } from './storage/token-storage';`],
  [
    `${SOURCE}/auth-session.ts`,
    `const STORES = ['memory', 'local'] as const;
    const ENDED: Readonly<Outcome> = { kind: 'ended' };
    const CODES: readonly string[] = ['refused'];
    export const PARTS = new InjectionToken('parts');
    class A { readonly #gates = new Map(); }`,
  ],
  [`${SOURCE}/session/tokens.spec.ts`, `import { a } from '../refresh/refresh-gate';\nlet calls = 0;`],
  [`${SOURCE}/hints/warn-once.ts`, `console.warn('why');`],
  [
    `${SOURCE}/auth-session.ts`,
    `// eslint-disable-next-line no-console -- the page has nowhere else to show it\nconsole.log(1);`,
  ],
  ['projects/demo/src/main.ts', `import { a } from 'ngx-bearer';`],
  ['projects/ngx-bearer/testing/src/kit.ts', `import { ɵa } from 'ngx-bearer';\nimport { b } from './b';`],
  ['projects/ngx-bearer/router/src/guard.ts', `import { AuthSession } from 'ngx-bearer';`],
];

describe('the lint rules', () => {
  for (const [file, code, rule] of broken) {
    it(`say ${rule} of ${firstLine(code)} in ${file}`, async () => {
      assert.ok((await rulesFiring(file, code)).includes(rule));
    });
  }

  for (const [file, code] of sound) {
    it(`let ${firstLine(code)} pass in ${file}`, async () => {
      const kept = [
        'no-restricted-imports',
        'no-restricted-syntax',
        'no-restricted-globals',
        'no-console',
        'project/described-directives',
      ];
      assert.deepEqual(
        (await rulesFiring(file, code)).filter((rule) => kept.includes(rule)),
        [],
      );
    });
  }
});

const eslint = new ESLint({
  cwd: join(import.meta.dirname, '..'),
  // The project's own rules, but for those that need types: these files exist only here.
  overrideConfig: [
    { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked },
    { files: ['**/*.ts'], languageOptions: { parserOptions: { project: false, projectService: false } } },
  ],
});

async function rulesFiring(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(import.meta.dirname, '..', file) });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? [];
}

function firstLine(code: string): string {
  return `\`${code.split('\n', 1).join('')}\``;
}
