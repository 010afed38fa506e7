import type { EngineName } from './engines.ts';

/** One promise of the project, and the npm script that keeps it. */
export interface Step {
  readonly sentence: string;
  readonly script: string;
  /** Scripts that have to succeed first. */
  readonly after?: readonly string[];
  /** `tests`: the script prints totals, and none is a failure. `step`: the script counts as one. */
  readonly counts: 'tests' | 'step';
  /** The one engine that it runs in. If it runs in several, it prints a line of totals for each. */
  readonly engine?: EngineName;
}

/** What the longest step needs: it starts as early as can be. */
const first: readonly Step[] = [
  { sentence: 'the library builds', script: 'build', counts: 'step' },
  {
    sentence: 'the demo builds against the built package',
    script: 'build:demo',
    after: ['build'],
    counts: 'step',
  },
  {
    sentence: 'a rendered application builds against the built package',
    script: 'build:ssr',
    after: ['build'],
    counts: 'step',
  },
];

/** From the longest to the shortest, so that both lanes end at the same time. */
const longestFirst: readonly Step[] = [
  {
    sentence: 'the journeys hold end to end',
    script: 'e2e',
    after: ['build:demo', 'build:ssr'],
    counts: 'tests',
    engine: 'chromium',
  },
  { sentence: 'the code is lint clean and keeps its boundaries', script: 'lint', counts: 'step' },
  {
    sentence: 'the lint rules fire and the tools work',
    script: 'test:tools',
    after: ['build:demo'],
    counts: 'tests',
  },
  {
    sentence: 'every promise holds over 25,000 random programs',
    script: 'test:model',
    counts: 'step',
  },
  { sentence: 'the specs hold in jsdom', script: 'test:unit', counts: 'tests' },
  {
    sentence: 'real servers sign in, refresh and refuse as the docs say',
    script: 'test:servers',
    after: ['build'],
    counts: 'tests',
  },
  { sentence: 'the types are correct', script: 'types', counts: 'step' },
  { sentence: 'the same specs hold in every engine', script: 'test:browser', counts: 'tests' },
  { sentence: 'the demo API keeps its protocols', script: 'test:api', counts: 'tests' },
  { sentence: 'the package is reproducible and clean', script: 'package', after: ['build'], counts: 'step' },
  {
    sentence: 'an application set up by ng add heals six 401s',
    script: 'matrix:row',
    after: ['build'],
    counts: 'step',
  },
  {
    sentence: 'the code of README and guides compiles and runs',
    script: 'readme',
    after: ['build'],
    counts: 'step',
  },
  {
    sentence: 'a storm of rejections costs one refresh and leaves nothing behind',
    script: 'storm',
    after: ['build'],
    counts: 'step',
  },
  { sentence: 'the proofs see what is wrong', script: 'test:proof', counts: 'tests' },
  { sentence: 'long use and many apps leave nothing behind', script: 'leak', counts: 'step' },
  { sentence: 'the public API is the golden', script: 'api', after: ['build'], counts: 'step' },
  {
    sentence: 'ng add and migrate edit what they know, and nothing else',
    script: 'test:schematics',
    after: ['build'],
    counts: 'tests',
  },
  { sentence: 'the demo draws what happened', script: 'test:demo', counts: 'tests' },
  { sentence: 'the package stays within its size', script: 'size', after: ['build'], counts: 'step' },
  { sentence: 'the bench draws what it has measured', script: 'test:bench', counts: 'tests' },
];

/** What `npm test` holds the project to. */
export const steps: readonly Step[] = [...first, ...longestFirst];

/** What `npm run check` holds a change to, in less than a minute. */
export const checkSteps: readonly Step[] = [
  { sentence: 'the specs hold in jsdom', script: 'test:unit', counts: 'tests' },
  { sentence: 'what has changed is lint clean', script: 'lint:changed', counts: 'step' },
  { sentence: 'the library builds', script: 'build', counts: 'step' },
];
