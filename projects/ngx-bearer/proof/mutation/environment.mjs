import { TestEnvironment } from 'jest-environment-jsdom';

/** What takes as long as all the rest, and shows no more than the same with 100 requests. */
const STORM = /for 10000 parallel rejections/;

/** A mutant is dead with the first spec that fails, and no other need run; Jest itself goes on to the end of the file. */
export default class MutationEnvironment extends TestEnvironment {
  #hasFailed = false;

  async handleTestEvent({ name, test }) {
    if (name === 'test_start' && (this.#hasFailed || STORM.test(test.name))) test.mode = 'skip';
    if (name === 'test_done' && test.errors.length > 0) this.#hasFailed = true;
  }
}
