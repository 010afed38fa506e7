import { EnvironmentInjector, runInInjectionContext } from '@angular/core';
import { refreshTokenGrant } from 'ngx-bearer';
import { TOKEN_ENDPOINT } from '../../../src/spec/fake-server';
import { setup, type SetupOptions } from '../../../src/spec/setup';
import { dpop, dpopKey, type DpopOptions } from '../public-api';

export interface DpopSetup extends SetupOptions {
  readonly options?: DpopOptions;
}

/** A page load with DPoP, signed in with `a0` and `r0` unless it says otherwise. */
export function openDpop({ options, ...others }: DpopSetup = {}) {
  const page = setup({
    refresh: refreshTokenGrant({ tokenEndpoint: TOKEN_ENDPOINT, clientId: 'shop' }),
    proof: dpop(options),
    ...others,
  });
  const { server, clock, injector } = page;
  /** Waits, without letting time pass: Web Crypto answers when it likes. */
  const until = async (isDone: () => boolean): Promise<void> => {
    for (let rounds = 0; rounds < 500 && !isDone(); rounds++) await clock.settle();
    if (!isDone()) throw new Error(`It never came to that. The server saw: ${server.seen.join(', ')}`);
  };
  /** Waits until so many sendings are unanswered. */
  const arrive = (count: number): Promise<void> => until(() => server.open.length === count);
  /** Gives everything the time to happen that must not happen. */
  const rest = async (): Promise<void> => {
    for (let rounds = 0; rounds < 20; rounds++) await clock.settle();
  };
  const keyForSignIn = (name?: string): Promise<CryptoKeyPair> =>
    runInInjectionContext(injector.get(EnvironmentInjector), () => dpopKey(name));
  return { ...page, until, arrive, rest, keyForSignIn };
}
