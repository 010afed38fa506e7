// eslint-disable-next-line no-restricted-imports -- the table of URLs is no part of the library: its specs judge by the same one
import {
  insideOrigin,
  insidePath,
  onOwnOrigin,
  outsideOrigin,
  outsidePath,
} from '../../../projects/ngx-bearer/src/spec/corpora/urls.ts';
import type { Corpus } from './contract.ts';

/** The tables that the specs of the library judge, here to be sent. */
export const corpus: Corpus = {
  origin: { inside: Object.values(insideOrigin).flat(), outside: Object.values(outsideOrigin).flat() },
  path: { inside: Object.values(insidePath).flat(), outside: Object.values(outsidePath).flat() },
  own: onOwnOrigin,
};
