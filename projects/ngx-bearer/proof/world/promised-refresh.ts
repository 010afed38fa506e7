import type { AuthTokens, RefreshStrategy } from 'ngx-bearer';
import { beginRefresh, callOff } from './network.ts';
import type { World } from './world.ts';

/** A strategy of the app's own, with a promise: it cannot be unsubscribed, and hears of its end by the signal. */
export function refreshByPromise(world: World): RefreshStrategy {
  return (tokens, { signal }) => {
    const { promise, resolve, reject } = Promise.withResolvers<AuthTokens>();
    const presented = world.office.find(tokens?.refreshToken ?? '') ?? null;
    let failed: unknown = null;
    const refresh = beginRefresh(presented, world, {
      succeed: (body) => {
        resolve(body as AuthTokens);
      },
      fail: (failure) => {
        failed = failure;
        reject(failure);
      },
      complete: () => {
        resolve(undefined as never);
      },
    });
    signal.addEventListener('abort', () => {
      callOff(refresh, world);
    });
    const conclude = (): void => {
      refresh.conclude();
    };
    // Before the library hears it: callbacks of a promise run in the order they were given.
    promise.then(conclude, conclude);
    if (!(failed instanceof Error)) return promise;
    refresh.isThrown = true;
    refresh.conclude();
    throw failed;
  };
}
