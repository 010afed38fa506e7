import type { Survivor } from './survivor.ts';

export const session: readonly Survivor[] = [
  {
    file: 'session/token-lifetime.ts',
    line: "const text = atob((parts[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'));",
    mutator: 'StringLiteral',
    original: "''",
    replacement: '"Stryker was here!"',
    kind: 'equivalent',
    reason: 'There are three parts by then; the type does not know it.',
  },
  {
    file: 'session/token-lifetime.ts',
    line: '} catch {',
    mutator: 'BlockStatement',
    original: '{ return null; }',
    replacement: '{}',
    kind: 'equivalent',
    reason: 'Wherever claims are read, undefined is as null.',
  },
];
