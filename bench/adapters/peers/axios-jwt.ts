import {
  applyAuthTokenInterceptor,
  getBrowserLocalStorage,
  type IAuthTokens,
  setAuthTokens,
} from 'axios-jwt';
import { REFRESH_URL } from '../../world/server.ts';
import { clientOf, openAxios } from './open-axios.ts';
import type { Adapter } from '../contract.ts';

/** As its README says. */
export const adapter: Adapter = {
  about: {
    name: 'axios + axios-jwt',
    packages: ['axios', 'axios-jwt'],
    transport: 'axios',
    can: ['attach', 'expiry', 'hold', 'store'],
    quickstart: `import axios from 'axios'; import { applyAuthTokenInterceptor, setAuthTokens } from 'axios-jwt'; export { axios, applyAuthTokenInterceptor, setAuthTokens };`,
    remark: 'refreshes by the exp of the token, never for a 401',
  },
  open: async ({ server, token, storage }) => {
    const instance = openAxios(server);
    const plain = openAxios(server);
    const kept = new Map<string, string>();
    const memory = {
      get: (key: string) => Promise.resolve(kept.get(key) ?? null),
      set: (key: string, value: string) => {
        kept.set(key, value);
        return Promise.resolve();
      },
      remove: (key: string) => {
        kept.delete(key);
        return Promise.resolve();
      },
    };
    applyAuthTokenInterceptor(instance, {
      requestRefresh: async (refreshToken: string): Promise<IAuthTokens | string> => {
        const headers = { Authorization: `Bearer ${refreshToken}` };
        const { data } = await plain.post<{ access_token: string }>(REFRESH_URL, null, { headers });
        return data.access_token;
      },
      getStorage: storage === 'local' ? getBrowserLocalStorage : () => memory,
    });
    const signIn = (other: string) => setAuthTokens({ accessToken: other, refreshToken: other });
    await signIn(token);
    return clientOf(instance, (other) => void signIn(other));
  },
};
