import type { Program } from './program/program.ts';
import { type Setting, SETTINGS } from './program/setting.ts';
import type { RequestStep, Step } from './program/step.ts';

/**
 * What has ever broken a promise, and was mended; the first programs of every proof.
 *
 * A request that waits for its first sending while the XSRF cookie changes is replayed with the cookie of the moment.
 * So is one that an interceptor above tries again with the header it had at first.
 */
export const counterexamples: readonly Program[] = [
  program([
    { kind: 'expire all' },
    request({}),
    { kind: 'answer', pick: 0, as: 'truth' },
    request({ method: 'POST', place: 'own' }),
    { kind: 'change the XSRF cookie' },
    { kind: 'answer the refresh', as: 'tokens' },
    { kind: 'expire all' },
  ]),
  program([
    request({ method: 'POST', place: 'own', retry: 'inside' }),
    { kind: 'change the XSRF cookie' },
    { kind: 'answer', pick: 0, as: 'scope 401' },
    { kind: 'expire all' },
  ]),
];

function program(steps: readonly Step[]): Program {
  const simplest = Object.fromEntries(Object.entries(SETTINGS).map(([name, values]) => [name, values[0]]));
  return { setting: simplest as unknown as Setting, steps };
}

function request(unusual: Partial<RequestStep>): RequestStep {
  return {
    kind: 'request',
    method: 'GET',
    place: 'api',
    body: 'none',
    auth: 'auto',
    header: 'none',
    observe: 'body',
    retry: 'none',
    then: 'nothing',
    ...unusual,
  };
}
