import type { SeededBug } from './bug.ts';

const LIMIT = 'refresh/refresh-limit.ts';
const GATE = 'refresh/refresh-gate.ts';
const COOL_DOWN = 'refresh/cool-down.ts';

/** Mistakes about how soon, and how often, a refresh may be tried again. */
export const coolDown: readonly SeededBug[] = [
  {
    name: 'there is no cool-down',
    breaks: ['I17'],
    patches: [{ file: GATE, find: 'if (failure) return failure;', replace: '' }],
  },
  {
    name: 'a cool-down does not end',
    breaks: ['I20'],
    patches: [
      {
        file: COOL_DOWN,
        find: 'epoch === this.#epoch && performance.now() < this.#until',
        replace: 'epoch === this.#epoch',
      },
    ],
  },
  {
    name: 'a cool-down runs on the wall clock',
    breaks: ['I5', 'I17'],
    patches: [
      { file: COOL_DOWN, find: 'performance.now() < this.#until', replace: 'Date.now() < this.#until' },
      {
        file: COOL_DOWN,
        find: 'this.#until = performance.now() + delayMs;',
        replace: 'this.#until = Date.now() + delayMs;',
      },
    ],
  },
  {
    name: 'Retry-After is overlooked',
    breaks: ['I17'],
    patches: [{ file: COOL_DOWN, find: 'failure.retryAfterMs ?? backOffMs', replace: 'backOffMs' }],
  },
  {
    name: 'a cool-down does not double',
    breaks: ['I5', 'I17'],
    patches: [{ file: COOL_DOWN, find: '2 ** this.#failures++', replace: '1' }],
  },
  {
    name: 'a sign-in does not end a cool-down',
    breaks: ['I20'],
    patches: [{ file: COOL_DOWN, find: 'epoch === this.#epoch && performance', replace: 'performance' }],
  },
  {
    name: 'coming online does not end a cool-down',
    breaks: ['I20'],
    patches: [{ file: GATE, find: 'this.#coolDown.end();', replace: '' }],
  },
  {
    name: 'there is no refresh limit',
    breaks: ['I19'],
    patches: [{ file: LIMIT, find: 'oldest === undefined ? 0', replace: 'oldest !== Infinity ? 0' }],
  },
  {
    name: 'the refresh limit lets one more pass',
    breaks: ['I19'],
    patches: [
      { file: LIMIT, find: 'this.#begun.at(-this.#count)', replace: 'this.#begun.at(-this.#count - 1)' },
    ],
  },
];
