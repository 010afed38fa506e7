import angular from 'angular-eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { boundaries } from './tools/lint-boundaries.mjs';
import { describedDirectives } from './tools/lint-directives.mjs';

const SPECS = ['**/*.spec.ts', 'projects/ngx-bearer/**/src/spec/**'];
const PROOF = ['projects/ngx-bearer/proof/**/*.ts'];
const SCHEMATICS = ['projects/ngx-bearer/schematics/**/*.ts'];
const LIBRARY = ['projects/ngx-bearer/**/*.ts'];
const CALLERS = ['projects/demo/**/*.ts', 'tools/storm.ts', 'tools/matrix/page/**/*.ts'];
const NODE_PROGRAMS = [
  'tools/**/*.ts',
  'e2e/**/*.ts',
  'bench/**/*.ts',
  'projects/demo-api/**/*.ts',
  ...PROOF,
  ...SCHEMATICS,
];

export default defineConfig(
  globalIgnores([
    'dist/',
    'bench/dist/',
    // Typed by packages that only `npm run bench` installs.
    'bench/adapters/peers/',
    // Typed by packages of `e2e/servers/heavy/`, which is installed by itself.
    'e2e/servers/heavy/*/program.ts',
    'coverage/',
    '.angular/',
    'goldens/',
    'e2e/artifacts/',
    '.stryker-tmp/',
    'reports/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{js,mjs,ts}'],
    plugins: { project: describedDirectives },
    rules: {
      'project/described-directives': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'id-denylist': ['error', 'req', 'res', 'err', 'cfg'],
      'max-depth': ['error', 2],
      'max-lines': ['error', 200],
      'max-lines-per-function': ['error', { max: 40, skipComments: true }],
      'max-params': ['error', 3],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [nodeTests(), signOut()] },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // Angular's abstract classes are interfaces in all but name: `{ handle }` is an HttpHandler.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  { files: NODE_PROGRAMS, ignores: CALLERS, languageOptions: { parserOptions: { projectService: true } } },
  {
    files: LIBRARY,
    ignores: [...PROOF, ...SCHEMATICS],
    languageOptions: typedBy(
      'projects/ngx-bearer/tsconfig.spec.json',
      'projects/ngx-bearer/tsconfig.karma.json',
    ),
  },
  // A program is walked in a loop, inside what puts the world back.
  { files: PROOF, rules: { 'max-depth': ['error', 3] } },
  // Callers of the package are typed by its source, so that lint needs no build.
  { files: CALLERS, languageOptions: typedBy('tools/tsconfig.callers.json') },
  {
    files: [...LIBRARY, 'projects/demo/**/*.ts'],
    ignores: [...PROOF, ...SCHEMATICS],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: { 'no-console': 'error' },
  },
  {
    files: ['projects/ngx-bearer/src/hints/warn-once.ts'],
    rules: { 'no-console': ['error', { allow: ['warn'] }] },
  },
  {
    files: ['projects/demo/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  ...boundaries,
  {
    files: SPECS,
    rules: {
      'max-lines': ['error', 350],
      'max-lines-per-function': 'off',
      'no-console': 'off',
      'no-restricted-syntax': ['error', ...specManners()],
    },
  },
  {
    files: ['projects/ngx-bearer/**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['jest', 'jasmine', 'spyOn'].map((name) => ({
          name,
          message: 'The specs run in Jest and in Jasmine.',
        })),
      ],
    },
  },
);

function typedBy(...projects) {
  return { parserOptions: { project: projects, tsconfigRootDir: import.meta.dirname } };
}

/** `node:test` waits for what these return by itself. */
function nodeTests() {
  return { from: 'package', package: 'node:test', name: ['describe', 'it', 'test', 'suite'] };
}

/** It never rejects, and most callers do not wait for it. */
function signOut() {
  return { from: 'file', path: 'projects/ngx-bearer/src/auth-session.ts', name: 'signOut' };
}

function specManners() {
  const callee = 'callee.name=/^(it|test|describe)$/';
  return [
    { selector: `CallExpression[${callee}] > Literal[value=/\\bshould\\b/i]`, message: 'Say what it does.' },
    { selector: 'CallExpression[callee.name=/^[fx](it|describe)$/]', message: 'Run every spec.' },
    {
      selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip)$/]',
      message: 'Run every spec.',
    },
  ];
}
