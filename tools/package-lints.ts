import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Finding, Rule } from './package-rules.ts';
import type { Tarball } from './package-tarball.ts';

/** What the linters of the trade say of a package. */
export const lints: readonly Rule[] = [
  { sentence: 'publint has nothing to say, not even a suggestion', look: askPublint },
  { sentence: 'its types are right wherever an ES module is', look: askTypes },
];

async function askPublint({ bytes }: Tarball): Promise<Finding> {
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer },
    level: 'suggestion',
    strict: true,
  });
  return {
    figures: `${messages.length} messages`,
    complaints: messages.map(
      (message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`,
    ),
  };
}

async function askTypes({ bytes }: Tarball): Promise<Finding> {
  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  if (!('entrypoints' in analysis)) return { figures: 'no types', complaints: ['The package has no types.'] };
  const resolutions = Object.values(analysis.entrypoints).flatMap((each) => Object.keys(each.resolutions));
  const problems = analysis.problems.filter((problem) => !isOfAngularItself(problem));
  return {
    figures: `${resolutions.length} resolutions, ${problems.length} problems`,
    complaints: problems.map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`),
  };
}

/**
 * Angular is made of ES modules alone, and so is what is made for it. Who still compiles to CommonJS has to import
 * either with `import()`, which is no fault of the types. And who has modules resolved as Node 10 did, without
 * `exports`, finds no `@angular/common/http` either.
 */
function isOfAngularItself(problem: Problem): boolean {
  const isSubPath = problem.kind === 'NoResolution' && problem.entrypoint !== '.';
  return problem.kind === 'CJSResolvesToESM' || (isSubPath && problem.resolutionKind === 'node10');
}
