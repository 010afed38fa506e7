import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Fate, type Mutant, readMutants } from './mutant.ts';
import type { Survivor } from './survivors/survivor.ts';
import { findFaults, reasonFor, total } from './verdict.ts';

describe('a report of mutants', () => {
  it('is read with the text that each of them changes, on one line', () => {
    assert.deepEqual(readOne('Survived'), {
      file: 'session/tokens.ts',
      lineNumber: 2,
      line: 'first &&',
      mutator: 'LogicalOperator',
      original: 'first && second',
      replacement: 'first || second',
      fate: 'survived',
    });
  });

  it('counts a mutant that no spec reaches as one that survives', () => {
    const statuses = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError'];
    const fates: Fate[] = ['killed', 'timed out', 'survived', 'survived', 'invalid'];
    assert.deepEqual(
      statuses.map((status) => readOne(status)?.fate),
      fates,
    );
  });
});

describe('the score', () => {
  it('is the share of the mutants that were noticed, of those that could be tried', () => {
    const mutants = [...many(2, 'killed'), mutant('timed out'), mutant('survived'), ...many(5, 'invalid')];
    const { score, counts } = total(mutants);
    assert.equal(score, 75);
    assert.deepEqual(counts, { killed: 2, 'timed out': 1, survived: 1, invalid: 5 });
  });
});

describe('the verdict', () => {
  const known = listed('equivalent');

  it('finds no fault where every survivor has its reason', () => {
    assert.deepEqual(findFaults([...many(99, 'killed'), mutant('survived')], [known]), []);
    assert.equal(reasonFor(mutant('survived'), [known]), known);
  });

  it('finds no mutants at all at fault', () => {
    assert.match(findFaults([], []).join(), /no mutants at all/);
  });

  it('finds a score below 95 at fault', () => {
    assert.deepEqual(findFaults([...many(95, 'killed'), ...many(5, 'survived')], [known]), []);
    const faults = findFaults([...many(94, 'killed'), ...many(6, 'survived')], [known]);
    assert.match(faults.join(), /^the score is 94\.00, below 95$/);
  });

  it('finds a survivor without a reason at fault, also where only its line differs', () => {
    const faults = findFaults([...many(99, 'killed'), mutant('survived')], [{ ...known, line: 'elsewhere' }]);
    assert.match(faults.join(), /a && b → a \|\| b survives, and nobody says why/);
  });

  it('finds a reason at fault whose mutant does not survive', () => {
    assert.match(findFaults(many(100, 'killed'), [known]).join(), /is listed, and does not survive$/);
  });

  it('lets only the equivalent survive where it counts', () => {
    const survived = [...many(99, 'killed'), mutant('survived')];
    assert.match(
      findFaults(survived, [listed('minor')]).join(),
      /makes a difference where none may survive$/,
    );
    const elsewhere = 'auth-config.ts';
    const mutants = survived.map((each) => ({ ...each, file: elsewhere }));
    assert.deepEqual(findFaults(mutants, [{ ...listed('minor'), file: elsewhere }]), []);
  });
});

function readOne(status: string): Mutant | undefined {
  const location = { start: { line: 2, column: 3 }, end: { line: 3, column: 9 } };
  const mutants = [{ mutatorName: 'LogicalOperator', replacement: 'first\n  || second', status, location }];
  const source = 'const limit =\n  first &&\n  second;\n';
  return readMutants({ files: { 'projects/ngx-bearer/src/session/tokens.ts': { source, mutants } } })[0];
}

function mutant(fate: Fate): Mutant {
  const place = { file: 'session/tokens.ts', lineNumber: 7, line: 'if (a && b) {' };
  return { ...place, mutator: 'LogicalOperator', original: 'a && b', replacement: 'a || b', fate };
}

function many(count: number, fate: Fate): Mutant[] {
  return Array.from({ length: count }, () => mutant(fate));
}

function listed(kind: Survivor['kind']): Survivor {
  const { file, line, mutator, original, replacement } = mutant('survived');
  return { file, line, mutator, original, replacement, kind, reason: 'b follows from a' };
}
