import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import {
  type Arbitrary,
  array,
  boolean,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
  string,
  stringMatching,
  tuple,
} from 'fast-check';
import { checkSame, holdsForAll } from '../spec/holds-for-all';
import { isTokenRejection, readStepUp } from './token-rejection';

const STEP_UP = 'insufficient_user_authentication';
const NOT_ABOUT_THE_TOKEN = ['insufficient_scope', STEP_UP, 'use_dpop_nonce', 'invalid_dpop_proof'];

/** A challenge as RFC 9110 section 11.6.1 knows it, and how this one is written. */
interface Challenge {
  readonly scheme: string;
  /** In place of parameters. */
  readonly token68: string | null;
  readonly parameters: readonly Parameter[];
  readonly space: string;
}

interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly isQuoted: boolean;
  /** Which characters of a quoted value are escaped that need not be, by their index. */
  readonly escapes: readonly number[];
  readonly space: string;
}

const optionalSpaces = constantFrom('', '', '', ' ', '\t', '  ');
const words = stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/);
/** What looks like a parameter and is only text. */
const lures = constantFrom(
  'error=insufficient_scope',
  'error="insufficient_scope"',
  ', Bearer error="use_dpop_nonce"',
  '", error="insufficient_scope',
  '\\", error=insufficient_scope, x="',
  '\\',
  '"',
  '',
);
/** Whatever a header can hold: every byte but CR, LF and NUL. */
const texts = oneof(
  lures,
  words,
  string({ unit: integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)) }).map((text) =>
    text.replaceAll(/[\r\n]/g, ''),
  ),
);
const parameterLists: Arbitrary<Parameter[]> = array(
  record({
    name: oneof(
      { weight: 2, arbitrary: constantFrom('error') },
      constantFrom(
        'error',
        'ERROR',
        'acr_values',
        'max_age',
        'Max_Age',
        'error_description',
        'realm',
        'scope',
      ),
      words,
    ),
    value: oneof(
      constantFrom(
        ...NOT_ABOUT_THE_TOKEN,
        STEP_UP,
        STEP_UP,
        'invalid_token',
        'Insufficient_Scope',
        'gold silver',
        '300',
      ),
      nat().map(String),
      texts,
    ),
    isQuoted: boolean(),
    escapes: array(nat({ max: 12 }), { maxLength: 4 }),
    space: optionalSpaces,
  }),
  { maxLength: 5 },
).map(withDistinctNames);
const challenges: Arbitrary<Challenge> = record({
  scheme: oneof(constantFrom('Bearer', 'DPoP', 'Basic', 'Negotiate', 'error'), words),
  token68: oneof(
    { weight: 3, arbitrary: constantFrom(null) },
    stringMatching(/^[A-Za-z0-9._~+/-]{1,20}={0,2}$/),
  ),
  parameters: parameterLists,
  space: optionalSpaces,
});
/** Several lines of several challenges. */
const headerLines = array(array(challenges, { maxLength: 3 }), { maxLength: 3 });

describe('WWW-Authenticate, for any list of challenges', () => {
  it('rejects the token, unless one of them names another cause', () => {
    let others = 0;
    holdsForAll(headerLines, (lines) => {
      const isOther = lines
        .flat()
        .some((each) => NOT_ABOUT_THE_TOKEN.includes(parameter(each, 'error') ?? ''));
      if (isOther) others++;
      checkSame(isTokenRejection(answer(lines)), !isOther);
    });
    expect(others).toBeGreaterThan(1_000);
  });

  it('asks for the step-up that the first of them to ask for one asks for', () => {
    let steps = 0;
    holdsForAll(headerLines, (lines) => {
      const asking = lines.flat().find((each) => parameter(each, 'error') === STEP_UP);
      if (asking) steps++;
      checkSame(readStepUp(answer(lines)), asking && stepUpOf(asking));
    });
    expect(steps).toBeGreaterThan(1_000);
  });

  it('says the same in however many lines it is sent', () => {
    holdsForAll(headerLines, (lines) => {
      const [many, one] = [answer(lines), answer([lines.flat()])];
      checkSame([isTokenRejection(many), readStepUp(many)], [isTokenRejection(one), readStepUp(one)]);
    });
  });

  it('is read with 401 alone', () => {
    holdsForAll(tuple(headerLines, integer({ min: 0, max: 599 })), ([lines, status]) => {
      const failure = answer(lines, status);
      return status === 401 || (!isTokenRejection(failure) && readStepUp(failure) === undefined);
    });
  });

  it('takes no error out of a quoted string, of whichever parameter or of none, and if it never closes', () => {
    const places = oneof(
      words.filter((name) => name.toLowerCase() !== 'error').map((name) => `${name}=`),
      constantFrom('', 'realm, ', 'realm==', '\\'),
    );
    holdsForAll(tuple(places, texts, lures, texts, boolean()), ([place, before, lure, after, isClosed]) => {
      const quoted = (before + lure + after).replaceAll(/["\\]/g, '\\$&');
      const failure = failureOf([`Bearer ${place}"${quoted}${isClosed ? '"' : ''}`]);
      checkSame([isTokenRejection(failure), readStepUp(failure)], [true, undefined]);
    });
  });
});

describe('WWW-Authenticate, for any text', () => {
  const pieces = oneof(
    constantFrom(
      '"',
      '\\',
      '=',
      ',',
      ' ',
      '\t',
      'a',
      'error',
      '"\\',
      'a="',
      'a = ',
      '\\"',
      'Bearer ',
      '\u2028',
    ),
    lures,
    string({ unit: 'binary', maxLength: 3 }),
  );

  it('is read without a throw', () => {
    holdsForAll(array(array(pieces), { maxLength: 3 }), (lines) => {
      const failure = failureOf(lines.map((line) => line.join('')));
      const step = readStepUp(failure);
      return isTokenRejection(failure) ? step === undefined : typeof step !== 'function';
    });
  });

  it('is read in one pass, however it repeats', () => {
    const lengths = oneof({ weight: 99, arbitrary: constantFrom(1_000) }, constantFrom(300_000));
    // A reader that went back from each character would take 90,000,000,000 steps for a long one, and never be done.
    holdsForAll(tuple(array(pieces, { minLength: 1, maxLength: 4 }), lengths), ([parts, length]) => {
      const piece = parts.join('') || ' ';
      const times = Math.ceil(length / piece.length);
      const failure = failureOf([`Bearer realm=${piece.repeat(times)}`]);
      return typeof isTokenRejection(failure) === 'boolean';
    });
  });
});

function withDistinctNames(parameters: Parameter[]): Parameter[] {
  const names = parameters.map(({ name }) => name.toLowerCase());
  return parameters.filter(({ name }, index) => names.indexOf(name.toLowerCase()) === index);
}

function parameter({ token68, parameters }: Challenge, wanted: string): string | undefined {
  if (token68 !== null) return undefined;
  return parameters.find(({ name }) => name.toLowerCase() === wanted)?.value;
}

function stepUpOf(challenge: Challenge) {
  const acrValues = (parameter(challenge, 'acr_values') ?? '').split(' ').filter((value) => value !== '');
  const maxAge = parameter(challenge, 'max_age') ?? '';
  return {
    ...(acrValues.length > 0 && { acrValues }),
    ...(maxAge !== '' &&
      Array.from(maxAge).every((digit) => digit >= '0' && digit <= '9') && { maxAge: Number(maxAge) }),
  };
}

function answer(lines: readonly (readonly Challenge[])[], status = 401): HttpErrorResponse {
  return failureOf(
    lines.map((line) => line.map(write).join(line[0]?.space === ' ' ? ' , ' : ',')),
    status,
  );
}

function failureOf(lines: readonly string[], status = 401): HttpErrorResponse {
  const headers = lines.reduce((all, line) => all.append('WWW-Authenticate', line), new HttpHeaders());
  return new HttpErrorResponse({ status, headers });
}

function write({ scheme, token68, parameters, space }: Challenge): string {
  if (token68 !== null) return `${scheme} ${token68}`;
  return `${scheme} ${space}${parameters.map(writeParameter).join(`${space},${space}`)}`;
}

function writeParameter({ name, value, isQuoted, escapes, space }: Parameter): string {
  const isWord = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(value);
  const quoted = Array.from(value, (character, index) =>
    '"\\'.includes(character) || escapes.includes(index) ? `\\${character}` : character,
  );
  return `${name}${space}=${space}${isWord && !isQuoted ? value : `"${quoted.join('')}"`}`;
}
