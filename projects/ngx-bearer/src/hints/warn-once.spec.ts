import { setup } from '../spec/setup';
import { forgetWarnings, warnOnce } from './warn-once';

describe('warnings in development', () => {
  it('appear once for each key, whatever they say', () => {
    const { printed } = setup();
    for (const key of ['a', 'a', 'b']) warnOnce(`text ${printed.length}.`, key);
    const last = ' This warning appears once, and only in development.';
    expect(printed).toEqual([`warn: ngx-bearer: text 0.${last}`, `warn: ngx-bearer: text 1.${last}`]);
  });

  it('end after a hundred: names in answers may be other ones each time', () => {
    const { printed } = setup();
    for (let count = 0; count < 200; count++) warnOnce(`text ${count}.`);
    expect(printed.length).toBe(100);
    forgetWarnings();
    warnOnce('text.');
    expect(printed.length).toBe(101);
  });
});
