const MUTATION = 'projects/ngx-bearer/proof/mutation';

/** Mutation testing of the library by its plain specs. `npm run mutation` runs it, and judges the result. */
export default {
  mutate: ['projects/ngx-bearer/src/**/*.ts', '!**/*.spec.ts', '!projects/ngx-bearer/src/spec/**'],
  testRunner: 'jest',
  jest: {
    config: {
      roots: [`<rootDir>/${MUTATION}`],
      testMatch: ['**/all-specs.ts'],
      testEnvironment: `./${MUTATION}/environment.mjs`,
    },
    // One file holds all specs, and loads them in a way that Jest cannot follow.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  // On a busy machine a slow run is no endless one.
  timeoutMS: 20_000,
  concurrency: 2,
  // Each run of the specs leaves memory behind.
  maxTestRunnerReuse: 60,
  ignorePatterns: ['.angular', 'bench', 'dist', 'docs', 'e2e', 'goldens', 'projects/demo*', 'tools'],
  tempDirName: '.stryker-tmp',
  reporters: ['progress', 'json'],
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  incrementalFile: 'reports/mutation/incremental.json',
};
