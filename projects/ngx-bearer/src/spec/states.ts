import {
  constantFrom,
  double,
  integer,
  jsonValue,
  maxSafeInteger,
  nat,
  oneof,
  option,
  record,
  string,
  stringMatching,
  tuple,
  uuid,
} from 'fast-check';
import { receive } from '../session/credential';
import type { SharedState } from '../storage/record';
import { makeJwt } from './jwt';

const tokens = oneof(
  stringMatching(/^[A-Za-z0-9._~+/-]{1,20}={0,2}$/),
  jsonValue().map((sub) => makeJwt({ sub })),
);
const pairs = record(
  {
    accessToken: tokens,
    refreshToken: tokens,
    expiresIn: oneof(
      integer(),
      nat(),
      double({ min: -1e300, max: 1e300, noNaN: true }).map((seconds) => seconds + 0),
    ),
  },
  { requiredKeys: ['accessToken'], noNullPrototype: true },
);
const ids = oneof(uuid(), string({ unit: 'binary', minLength: 1 }));
export const credentials = tuple(
  record({ id: ids, version: maxSafeInteger(), tokens: pairs }, { noNullPrototype: true }),
  option(oneof(nat(), constantFrom<false[]>(false)), { nil: undefined }),
).map(([received, refreshAhead]) => receive(received, refreshAhead));
/** States of sessions that have not ended. */
export const sessions = tuple(credentials, maxSafeInteger()).map(
  ([{ id, version, tokens: pair, expiresAt, refreshFrom }, signIn]): SharedState => ({
    signIn,
    id,
    version,
    ended: false,
    credential: { tokens: pair, expiresAt, refreshFrom },
  }),
);

/** With its fields in alphabetical order, however deep. */
export function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
