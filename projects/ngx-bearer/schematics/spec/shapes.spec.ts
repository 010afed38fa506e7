import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { problemsOf } from './compile.ts';
import { migrateShape, type Migrated } from './migrate-shape.ts';
import { readShapes } from './shapes.ts';

const shapes = readShapes();
const FEWEST_SHAPES = 40;
const FEWEST_RECOGNISED = 36;
const FEWEST_WRITTEN = 24;

describe('gates as people write them', () => {
  const results = new Map<string, Migrated>();
  const resultOf = (name: string) => results.get(name) ?? assert.fail(`${name} was not migrated`);

  before(async () => {
    for (const shape of shapes) results.set(shape.name, await migrateShape(shape));
  });

  for (const shape of shapes) {
    it(`${shape.outcome}: ${shape.shape}`, () => {
      const { outcome, said, changed } = resultOf(shape.name);
      assert.equal(outcome, shape.outcome, said);
      const texts = [said, ...changed.values()].join('\n');
      for (const code of shape.writes) assert.ok(texts.includes(code), `${code} is not in:\n${texts}`);
      for (const code of shape.notWrites) assert.ok(!texts.includes(code), `${code} is in:\n${texts}`);
      for (const text of shape.says) assert.match(said, new RegExp(text));
      if (shape.outcome !== 'written') assert.equal(changed.size, 0);
    });
  }

  it('are recognised and written as often as promised', () => {
    const gates = shapes.filter(({ outcome }) => outcome !== 'none');
    const outcomes = gates.map(({ name }) => resultOf(name).outcome);
    const recognised = outcomes.filter((outcome) => outcome !== 'none').length;
    const written = outcomes.filter((outcome) => outcome === 'written').length;
    console.log(`${gates.length} gates: ${recognised} recognised, ${written} written`);
    assert.ok(gates.length >= FEWEST_SHAPES && recognised >= FEWEST_RECOGNISED && written >= FEWEST_WRITTEN);
  });

  it('compile, what is written and what is printed', () => {
    assert.deepEqual(problemsOf(shapes, results), []);
  });

  it('change nothing when they are migrated once more', async () => {
    for (const shape of shapes.filter(({ outcome }) => outcome === 'written')) {
      const again = await migrateShape({ ...shape, files: resultOf(shape.name).files });
      assert.equal(again.changed.size, 0, shape.name);
      assert.match(again.said, /is set up already/, shape.name);
    }
  });
});
