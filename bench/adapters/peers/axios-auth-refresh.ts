import { createAuthRefresh } from 'axios-auth-refresh';
import { REFRESH_URL } from '../../world/server.ts';
import { clientOf, openAxios } from './open-axios.ts';
import type { Adapter } from '../contract.ts';

interface Rejected {
  readonly response: { readonly config: { readonly headers: Record<string, string> } };
}

/** As its README says: the token is read by a request interceptor of the application. */
export const adapter: Adapter = {
  about: {
    name: 'axios + axios-auth-refresh',
    packages: ['axios', 'axios-auth-refresh'],
    transport: 'axios',
    can: ['attach', 'heal', 'hold', 'store'],
    quickstart: `import axios from 'axios'; import { createAuthRefresh } from 'axios-auth-refresh'; export { axios, createAuthRefresh };`,
    remark: 'with its defaults a request that was already on its way when the refresh began is not replayed',
  },
  open: ({ server, token: first, storage }) => {
    let inMemory = first;
    const read = () => (storage === 'local' ? localStorage.getItem('token') : inMemory);
    const write = (token: string) => {
      if (storage === 'local') localStorage.setItem('token', token);
      else inMemory = token;
    };
    write(first);
    const instance = openAxios(server);
    instance.interceptors.request.use((request) => {
      request.headers['Authorization'] = `Bearer ${read() ?? ''}`;
      return request;
    });
    const plain = openAxios(server);
    createAuthRefresh(instance, async (failed: Rejected) => {
      const headers = { Authorization: `Bearer ${read() ?? ''}` };
      const { data } = await plain.post<{ access_token: string }>(REFRESH_URL, null, { headers });
      write(data.access_token);
      failed.response.config.headers['Authorization'] = `Bearer ${data.access_token}`;
    });
    return clientOf(instance, write);
  },
};
