import { HttpHeaders } from '@angular/common/http';
import { constantFrom, date, integer, nat, oneof, option, string, stringMatching, tuple } from 'fast-check';
import { checkSame, holdsForAll } from '../spec/holds-for-all';
import { afterwards } from '../spec/setup';
import { readRetryAfter } from './retry-after';

const NOW = Date.UTC(2027, 0, 1);
const CAP_MS = 60_000;

/** Moments as HTTP can write them: whole seconds, four digits of a year. */
const moments = date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }).map(
  (moment) => Math.floor(moment.getTime() / 1000) * 1000,
);
const differencesMs = oneof(integer({ min: -90, max: 90 }), integer({ min: -1e7, max: 1e7 })).map(
  (seconds) => seconds * 1000,
);
const spaces = constantFrom('', ' ', '\t', '  ');

describe('Retry-After, for any answer', () => {
  it('asks for its seconds, for 60 at most', () => {
    const seconds = oneof(nat(), nat({ max: 90 }), stringMatching(/^\d{1,400}$/));
    holdsForAll(tuple(seconds, spaces, spaces), ([value, before, after]) => {
      const asked = Math.min(Number(value) * 1000, CAP_MS);
      checkSame(read(`${before}${value}${after}`), asked > 0 ? asked : null);
    });
  });

  it('asks for what is left to its date by the clock of the server, for 60 s at most', () => {
    holdsForAll(tuple(moments, differencesMs), ([sentAt, differenceMs]) => {
      const isHttpDate = sentAt + differenceMs >= 0 && sentAt + differenceMs < Date.UTC(9999, 11, 31);
      const asked = read(httpDate(sentAt + differenceMs), httpDate(sentAt));
      return !isHttpDate || asked === (differenceMs > 0 ? Math.min(differenceMs, CAP_MS) : null);
    });
  });

  it('asks for what is left to its date by the local clock where the server names no time that can be read', () => {
    stopClock();
    const dates = option(constantFrom('', 'yesterday', 'Fri'), { nil: undefined });
    holdsForAll(tuple(differencesMs, dates), ([differenceMs, sentAt]) => {
      const asked = differenceMs > 0 ? Math.min(differenceMs, CAP_MS) : null;
      checkSame(read(httpDate(NOW + differenceMs), sentAt), asked);
    });
  });

  it('asks for nothing, or for something between nothing and 60 s, whatever it holds', () => {
    const texts = oneof(
      string({ unit: 'binary' }),
      stringMatching(/^[-+]?\d{0,5}([.,:e/ -]\d{0,5}){0,3}( [A-Za-z]{1,4})?$/),
      moments.map(httpDate),
    );
    holdsForAll(tuple(texts, option(texts, { nil: undefined })), ([value, sentAt]) => {
      const asked = read(value, sentAt);
      return asked === null || (asked > 0 && asked <= CAP_MS);
    });
  });

  it('asks for nothing where it is neither digits nor a date of HTTP', () => {
    stopClock();
    const words = stringMatching(/^[-+.,;:a-z]{1,8}$/);
    const almostSeconds = tuple(nat(), constantFrom('s', ' s', ' seconds', '.5.', 'e3', ', 120', '_')).map(
      ([seconds, unit]) => `${seconds}${unit}`,
    );
    const belowNothing = nat().map((seconds) => `-${seconds}`);
    // Date.parse of V8 finds a date in all of these.
    const almostDates = tuple(
      constantFrom('soon ', 'in ', '1 2 ', '(x) '),
      integer({ min: 2028, max: 9999 }),
    ).map(([word, year]) => `${word}${year}`);
    const otherDates = moments.map((moment) => new Date(moment).toISOString());
    holdsForAll(oneof(words, almostSeconds, belowNothing, almostDates, otherDates), (value) =>
      checkSame(read(value), null),
    );
  });
});

function read(value: string, sentAt?: string): number | null {
  const headers = new HttpHeaders({ 'Retry-After': value });
  return readRetryAfter(sentAt === undefined ? headers : headers.set('Date', sentAt));
}

function httpDate(epochMs: number): string {
  return new Date(epochMs).toUTCString();
}

function stopClock(): void {
  const { now } = Date;
  Object.assign(Date, { now: () => NOW });
  afterwards(() => void Object.assign(Date, { now }));
}
