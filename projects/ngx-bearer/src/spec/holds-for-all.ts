import { type Arbitrary, assert, property, stringify } from 'fast-check';

/**
 * Tries a claim on 10,000 random values. One that it fails for is shrunk and printed with its seed and path: given
 * to `assert` beside `numRuns`, they bring it back.
 */
export function holdsForAll<T>(
  values: Arbitrary<T>,
  claim: ((value: T) => boolean) | ((value: T) => void),
): void {
  assert(property(values, claim), { numRuns: 10_000 });
}

/** Throws where two values differ, however deep. Jasmine's `expect` does not throw, so nothing would be shrunk. */
export function checkSame(found: unknown, wanted: unknown): void {
  if (Object.is(found, wanted)) return;
  const [foundText, wantedText] = [stringify(found), stringify(wanted)];
  if (foundText !== wantedText) throw new Error(`Found ${foundText} where it is ${wantedText}.`);
}
