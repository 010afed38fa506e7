import type { Program } from './program/program.ts';
import { type Setting, SETTINGS } from './program/setting.ts';
import { REQUEST, type RequestStep, type Step } from './program/step.ts';

/**
 * What has ever broken a promise, and was mended; the first programs of every proof.
 *
 * A request that waits for its first sending while the XSRF cookie changes is replayed with the cookie of the moment.
 * So is one that an interceptor above tries again with the header it had at first, and one that has waited for a slow
 * store where the interceptor is registered twice. A listener that signs in again has its record written once.
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
  program(
    [
      request({ method: 'POST', place: 'own' }),
      { kind: 'change the XSRF cookie' },
      { kind: 'wait', ms: 2500 },
    ],
    { strategy: 'cookie', start: 'stored', storage: 'when told', registration: 'both' },
  ),
  program(
    [
      request({}),
      { kind: 'answer', pick: 0, as: 'plain 401' },
      { kind: 'answer the refresh', as: '403' },
      { kind: 'store works', manner: 'at once' },
      { kind: 'wait', ms: 2500 },
    ],
    { storage: 'when told', listener: 'signs in again' },
  ),
];

function program(steps: readonly Step[], unusual: Partial<Setting> = {}): Program {
  const simplest = Object.fromEntries(Object.entries(SETTINGS).map(([name, values]) => [name, values[0]]));
  return { setting: { ...(simplest as unknown as Setting), ...unusual }, steps };
}

function request(unusual: Partial<RequestStep>): RequestStep {
  return { ...REQUEST, ...unusual };
}
