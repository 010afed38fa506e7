// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { suites } from './seeded-bugs/suites.ts';

const DOCS = join(import.meta.dirname, '..', '..', '..', 'docs');
const page = await readFile(join(DOCS, 'proof.md'), 'utf8');
const lines = page.split('\n');
const invariants = suites.flatMap(({ model }) => model.invariants);

it('docs/proof.md says of every invariant of each model what it does, and links to where it is checked', () => {
  for (const { id, says } of invariants) {
    const rows = lines.filter((line) => line.startsWith(`| [${id}](`));
    const isThere = rows.some((row) => row.includes(` ${says} `));
    assert.ok(isThere, `'${says}' (${id}) is missing`);
  }
});

it('docs/proof.md has a row for every seeded bug of each model, with an invariant that it breaks', () => {
  for (const { name, breaks } of suites.flatMap(({ bugs }) => bugs)) {
    const isThere = lines.some((line) => breaks.some((id) => isRowOf(line, name, id)));
    assert.ok(isThere, `'${name}' is missing, or not caught by ${breaks.join(' or ')}`);
  }
});

it('docs/proof.md links to nothing that is not there', () => {
  const links = [...page.matchAll(/\]\((\.\.?\/[^)#]+)/g)].map(([, link]) => link ?? '');
  assert.ok(links.length > invariants.length);
  for (const link of links) assert.ok(existsSync(join(DOCS, link)), `${link} is not there`);
});

function isRowOf(line: string, name: string, id: string): boolean {
  return line.startsWith(`${name} `) && line.slice(name.length).trim().startsWith(`${id} `);
}
