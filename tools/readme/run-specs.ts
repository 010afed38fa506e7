import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Block } from './blocks.ts';
import { inContext } from './contexts.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LIBRARY = join(ROOT, 'projects', 'ngx-bearer');
const BUILT = join(ROOT, 'dist', 'ngx-bearer', 'fesm2022');

export interface SpecsRun {
  readonly passed: number;
  /** What did not hold, in sentences. */
  readonly failures: readonly string[];
}

/** What `jest --json` tells. */
interface Told {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs specs out of guides with Jest, as an application would, against the built package. */
export async function runSpecs(specs: readonly Block[]): Promise<SpecsRun> {
  if (specs.length === 0) return { passed: 0, failures: [] };
  const folder = join(ROOT, 'dist', `guide-specs-${process.pid}-${Math.trunc(performance.now())}`);
  await mkdir(folder, { recursive: true });
  try {
    await Promise.all(
      specs.map((block) =>
        writeFile(join(folder, `${basename(block.file)}-${block.line}.spec.ts`), inContext(block)),
      ),
    );
    const { numPassedTests, testResults } = await runJest(folder);
    return { passed: numPassedTests, failures: testResults.flatMap(failuresOf) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function runJest(folder: string): Promise<Told> {
  const [configFile, outputFile] = [join(folder, 'jest.json'), join(folder, 'told.json')];
  await writeFile(configFile, JSON.stringify(configFor(folder)));
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const parameters = [jest, '--config', configFile, '--json', '--outputFile', outputFile];
  const child = spawn(process.execPath, parameters, { cwd: ROOT, stdio: 'ignore' });
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return JSON.parse(await readFile(outputFile, 'utf8')) as Told;
}

function configFor(folder: string): object {
  const tsconfig = join(LIBRARY, 'tsconfig.spec.json');
  return {
    rootDir: ROOT,
    roots: [folder],
    preset: 'jest-preset-angular',
    setupFilesAfterEnv: [join(LIBRARY, 'jest.setup.ts')],
    moduleNameMapper: {
      '^ngx-bearer$': join(BUILT, 'ngx-bearer.mjs'),
      '^ngx-bearer/(testing|router)$': join(BUILT, 'ngx-bearer-$1.mjs'),
    },
    transform: { '^.+\\.(ts|js|mjs)$': ['jest-preset-angular', { tsconfig }] },
  };
}

function failuresOf({ name, message, assertionResults }: Told['testResults'][number]): string[] {
  const page = basename(name, '.spec.ts');
  const failed = assertionResults.filter(({ status }) => status !== 'passed');
  if (failed.length === 0) return message ? [`${page}: ${message}`] : [];
  return [
    ...failed.map(({ fullName }) => `${page}: ${fullName} does not hold.`),
    stripVTControlCharacters(message),
  ];
}
