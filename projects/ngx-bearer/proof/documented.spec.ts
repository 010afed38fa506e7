// First: Angular as published is compiled where it is imported.
import '@angular/compiler';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { invariants } from './invariants/all.ts';
import { seededBugs } from './seeded-bugs/all.ts';

const DOCS = join(import.meta.dirname, '..', '..', '..', 'docs');
const page = await readFile(join(DOCS, 'proof.md'), 'utf8');

it('docs/proof.md says of every invariant what it does, and links to where it is checked', () => {
  for (const { id, says } of invariants) {
    const row = page.split('\n').find((line) => line.startsWith(`| [${id}](`));
    assert.ok(row?.includes(` ${says} `), `${id} is missing, or says something else`);
  }
});

it('docs/proof.md names every seeded bug', () => {
  for (const { name } of seededBugs) assert.ok(page.includes(name), `'${name}' is missing`);
});

it('docs/proof.md links to nothing that is not there', () => {
  const links = [...page.matchAll(/\]\((\.\.?\/[^)#]+)/g)].map(([, link]) => link ?? '');
  assert.ok(links.length > invariants.length);
  for (const link of links) assert.ok(existsSync(join(DOCS, link)), `${link} is not there`);
});
