import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { bundleForProduction, exportedNames } from './bundle.ts';
import { longTexts } from './long-texts.ts';

/** What ng-packagr writes: classes linked later, and development messages behind `ngDevMode`. */
const LIBRARY = `
import * as i0 from '@angular/core';
class Desk {
  check() { if (ngDevMode) console.warn('the desk is not where it was left'); }
  static ɵfac = i0.ɵɵngDeclareFactory({ minVersion: '12.0.0', version: '22.0.0', ngImport: i0, type: Desk, deps: [], target: i0.ɵɵFactoryTarget.Injectable });
  static ɵprov = i0.ɵɵngDeclareInjectable({ minVersion: '12.0.0', version: '22.0.0', ngImport: i0, type: Desk, providedIn: 'root' });
}
class Chair {
  complain() { throw new Error('the chair has only ' + 3 + ' legs, so it falls over at once'); }
  static ɵprov = i0.ɵɵngDeclareInjectable({ minVersion: '12.0.0', version: '22.0.0', ngImport: i0, type: Chair, providedIn: 'root' });
}
export { Desk, Chair };
`;

describe('bundleForProduction', () => {
  it('links what it keeps and drops what is not imported', async () => {
    const { file } = await setup();
    assert.deepEqual((await exportedNames(file)).sort(), ['Chair', 'Desk']);
    const code = await bundleForProduction(['Desk'], file);
    assert.match(code, /providedIn:"root"/);
    assert.doesNotMatch(code, /ngDeclare|legs/);
  });

  it('leaves development messages out, so that a text that stays is found', async () => {
    const { file } = await setup();
    assert.deepEqual(longTexts(await bundleForProduction(['Desk'], file)), []);
    assert.deepEqual(longTexts(await bundleForProduction(['Desk', 'Chair'], file)), [
      'the chair has only 3 legs, so it falls over at once',
    ]);
  });
});

describe('longTexts', () => {
  it('finds literals and the parts of templates, but no module names', () => {
    const code = `import "@angular/core/rxjs-interop"; f("short", 'a text of more than 24 characters', \`\${a} and the end of a long template\`);`;
    assert.deepEqual(longTexts(code), [
      'a text of more than 24 characters',
      ' and the end of a long template',
    ]);
  });
});

async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'bundled-'));
  after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'library.mjs');
  await writeFile(file, LIBRARY);
  return { file };
}
