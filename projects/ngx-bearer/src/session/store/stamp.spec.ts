import { endOf, isNewer, isSame, living } from './stamp';

/** From the oldest to the newest. */
const IN_ORDER: readonly (readonly [name: string, record: string | null])[] = [
  ['nothing', null],
  ['a version', record({ id: 'm1-a', version: 1 })],
  ['the same version, which the database has', record({ id: 'm1-a', version: 1, isMirror: true })],
  ['the next version', record({ id: 'm1-a', version: 2 })],
  ['the end of the session', endOf('m1-a')],
  ['another sign-in', record({ id: 'm2-a', version: 1 })],
  ['its end', endOf('m2-a')],
];

describe('of what is stored', () => {
  for (const [index, [name, newer]] of IN_ORDER.entries()) {
    for (const [olderName, older] of IN_ORDER.slice(0, index)) {
      it(`${name} is newer than ${olderName}`, () => {
        expect([isNewer(newer, older), isNewer(older, newer)]).toEqual([true, false]);
      });
    }

    it(`${name} is no newer than itself`, () => {
      expect(isNewer(newer, newer)).toBe(false);
    });
  }

  for (const foreign of ['', '{', 'null', '"m9-a"', '[]', '7']) {
    it(`${foreign || 'an empty text'} is no newer than nothing, and nothing is no newer than it`, () => {
      expect([isNewer(foreign, null), isNewer(null, foreign)]).toEqual([false, false]);
    });
  }
});

describe('a mirror', () => {
  it('is the same as the whole', () => {
    const mirror = record({ id: 'm1-a', version: 1, isMirror: true });
    expect(isSame(mirror, record({ id: 'm1-a', version: 1 }))).toBe(true);
  });

  it('is not the same as another version or another session', () => {
    const mirror = record({ id: 'm1-a', version: 1, isMirror: true });
    expect(isSame(mirror, record({ id: 'm1-a', version: 2 }))).toBe(false);
    expect(isSame(mirror, record({ id: 'm1-b', version: 1 }))).toBe(false);
  });
});

describe('the end of a session', () => {
  it('is no record', () => {
    expect(living(endOf('m1-a'))).toBeNull();
    expect(living('a record')).toBe('a record');
  });

  it('is not the same as its first version', () => {
    expect(isSame(endOf('m1-a'), record({ id: 'm1-a', version: 0 }))).toBe(false);
  });
});

function record(stamp: { id: string; version: number; isMirror?: boolean }): string {
  return JSON.stringify(stamp);
}
