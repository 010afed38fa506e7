import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { findFeature, lackingBrowsers } from './browsers.ts';
import { describeFeatures, DOCS_PAGE, replaceTable } from './docs-table.ts';
import { createLibraryHost, libraryFiles, libraryOptions, libraryProgram } from './library-program.ts';
import { findFaults, findUsedFeatures, type UsedFeature } from './used-features.ts';

/** [code, the API that is missing in a browser of the list] */
const tooNew: readonly (readonly [string, string])[] = [
  [`URL.canParse('a')`, 'URL.canParse'],
  [`const { canParse } = URL`, 'URL.canParse'],
  [`URL['canParse']('a')`, 'URL.canParse'],
  [`URL.parse('a')`, 'URL.parse'],
  [`Promise.withResolvers()`, 'Promise.withResolvers'],
  [`Promise.try(() => 1)`, 'Promise.try'],
  [`Object.groupBy([1], String)`, 'Object.groupBy'],
  [`Map.groupBy([1], String)`, 'Map.groupBy'],
  [`Array.fromAsync([1])`, 'Array.fromAsync'],
  [`AbortSignal.any([])`, 'AbortSignal.any'],
  [`AbortSignal.timeout(5)`, 'AbortSignal.timeout'],
  [`[1].toSorted()`, 'Array.toSorted'],
  [`[1].with(0, 1)`, 'Array.with'],
  [`'a'.isWellFormed()`, 'String.isWellFormed'],
  [`new Set([1]).union(new Set([2]))`, 'Set.union'],
  [`new Map([[1, 1]]).keys().map(String)`, 'Iterator.map'],
  [`Iterator.from([1])`, 'Iterator.from'],
  [`new Uint8Array(2).toBase64()`, 'Uint8Array.toBase64'],
  [`new URLSearchParams('a').size`, 'URLSearchParams.size'],
  [`navigator.userActivation`, 'Navigator.userActivation'],
  [`document.startViewTransition(() => 1)`, 'Document.startViewTransition'],
  [`window.scheduler.yield()`, 'Scheduler.yield'],
  [`class Packed extends CompressionStream {}`, 'CompressionStream'],
  [`RegExp.escape('a')`, 'RegExp.escape'],
  [`/(?<=a)b/.test('ab')`, 'regular_expressions.lookbehind_assertion'],
  [`document.addEventListener('scrollend', () => 1)`, 'Document.scrollend event'],
  [`window.onpagereveal = null`, 'Window.pagereveal event'],
];

/** [code, an API that it uses] */
const oldEnough: readonly (readonly [string, string])[] = [
  [`structuredClone(1)`, 'structuredClone'],
  [`Object.hasOwn({}, 'a')`, 'Object.hasOwn'],
  [`[1].at(-1)`, 'Array.at'],
  [`[1].findLast(Boolean)`, 'Array.findLast'],
  [`new Error('a', { cause: 1 })`, 'new Error() { cause }'],
  [`navigator.locks.request('a', { ifAvailable: true }, async () => 1)`, 'LockManager.request'],
  [`crypto.randomUUID()`, 'Crypto.randomUUID'],
  [`window.addEventListener('pagehide', () => 1)`, 'Window.pagehide event'],
  [`Uint8Array.from('a', Number)`, 'TypedArray.from'],
];

describe('the platform APIs of the library', () => {
  const files = libraryFiles();
  const features = findUsedFeatures(libraryProgram(files), files);

  it('are in the oldest browsers of Angular 20', (test) => {
    test.diagnostic(`${features.length} APIs in ${files.length} files`);
    assert.deepEqual(findFaults(features), []);
  });

  it('are in the table of the guide', async () => {
    const page = await readFile(DOCS_PAGE, 'utf8');
    assert.equal(page, replaceTable(page, describeFeatures(features)), 'Run: npm run browsers');
  });
});

describe('the search for APIs that are too new', () => {
  for (const [code, name] of tooNew) {
    it(`finds ${name} in ${code}`, () => {
      const faulty = featuresOf(code).filter(({ lacking }) => lacking.length > 0);
      const names = faulty.map((used) => used.name);
      assert.ok(names.includes(name), names.join());
      assert.match(findFaults(faulty).join('\n'), / needs (chrome|firefox|safari)/);
    });
  }

  for (const [code, name] of oldEnough) {
    it(`lets ${name} pass in ${code}`, () => {
      const used = featuresOf(code);
      assert.deepEqual(findFaults(used), []);
      assert.ok(used.map((each) => each.name).includes(name));
    });
  }

  it('ignores types and names of the library itself', () => {
    const code = `type A = Iterator<number>; interface URLPattern2 { canParse: URLPattern } const toSorted = (a?: A) => a;`;
    assert.deepEqual(featuresOf(code), []);
  });

  it('reports an API that the compatibility data does not list', () => {
    const faults = findFaults(featuresOf(`new Blob([], { endings: 'native' })`));
    assert.match(faults.join('\n'), /BlobPropertyBag\.endings is not in the compatibility data/);
  });

  it('counts a browser in which a flag or a prefix is needed as one that lacks it', () => {
    const navigation = findFeature('api.Navigation');
    assert.ok(navigation && lackingBrowsers(navigation).some((browser) => browser.startsWith('safari')));
  });
});

function featuresOf(code: string): UsedFeature[] {
  const file = 'probe.ts';
  const library = createLibraryHost();
  const host: ts.CompilerHost = {
    ...library,
    fileExists: (name) => name === file || library.fileExists(name),
    readFile: (name) => (name === file ? code : library.readFile(name)),
    getSourceFile: (name, target) =>
      name === file
        ? ts.createSourceFile(name, `${code};export {};`, target, true)
        : library.getSourceFile(name, target),
  };
  const program = ts.createProgram({ rootNames: [file], options: libraryOptions(), host });
  return findUsedFeatures(program, [file]);
}
