import { describeAnswer, fieldNames } from './field-names';

describe('the field names of an answer, in a message', () => {
  const answers: [name: string, answer: unknown, names: string][] = [
    ['fields, and those of objects in them', { user: { id: 1 }, token: 'a' }, 'user.id, token'],
    [
      'no indices of an array or of a text',
      { list: [{ id: 1 }], text: 'abc', none: null },
      'list, text, none',
    ],
    ['none of a text', 'abc', ''],
    ['none of null', null, ''],
    ['none of an array', [{ id: 1 }], ''],
    [
      'none that may be a token',
      { 'a.b': 1, canary0a1b2: 1, [`a${'b'.repeat(30)}`]: 1, oauth2: 1 },
      'oauth2',
    ],
  ];
  for (const [name, answer, names] of answers) {
    it(`are ${name}`, () => {
      expect(fieldNames(answer)).toBe(names);
    });
  }

  it('are twelve at most', () => {
    const answer = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 1]));
    expect(fieldNames(answer(12)).split(', ').length).toBe(12);
    expect(fieldNames(answer(12))).not.toContain('…');
    expect(fieldNames(answer(13))).toBe(`${fieldNames(answer(12))}, …`);
  });

  it('are given also if a getter throws, or a proxy is revoked', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const answer = Object.defineProperty({ proxy }, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(fieldNames(answer)).toBe('proxy, bad');
    expect(describeAnswer({})).toBe('has no fields');
  });
});
