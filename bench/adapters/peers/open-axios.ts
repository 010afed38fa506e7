import axios, {
  AxiosError,
  type AxiosInstance,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
} from 'axios';
import type { Client } from '../contract.ts';
import type { Server } from '../../world/server.ts';

/** An axios instance whose requests go to the server. */
export function openAxios(server: Server): AxiosInstance {
  return axios.create({ adapter: (config) => sendTo(server, config) });
}

export function clientOf(instance: AxiosInstance, signIn: (token: string) => void): Client {
  return {
    send: (url, done, mayLeave = false) => {
      const leaving = mayLeave ? new AbortController() : null;
      instance.get(url, leaving ? { signal: leaving.signal } : undefined).then(
        (response) => done(response.status),
        (error: unknown) => done(error instanceof AxiosError ? (error.response?.status ?? 0) : 0),
      );
      return () => leaving?.abort();
    },
    signIn,
    close: () => undefined,
  };
}

/** Does what axios' own adapters do around the network: reads every header, rejects by `validateStatus`. */
function sendTo(server: Server, config: InternalAxiosRequestConfig): Promise<AxiosResponse> {
  return new Promise((resolve, reject) => {
    const headers = config.headers.toJSON();
    const authorization = headers['Authorization'];
    const sent = {
      method: (config.method ?? 'get').toUpperCase(),
      url: config.url ?? '',
      authorization: typeof authorization === 'string' ? authorization : null,
    };
    const withdraw = server.receive(sent, ({ status, body }) => {
      const response: AxiosResponse = { status, statusText: '', data: body, headers: {}, config };
      if (config.validateStatus?.(status) !== false) resolve(response);
      else reject(new AxiosError(`status ${status}`, AxiosError.ERR_BAD_REQUEST, config, null, response));
    });
    config.signal?.addEventListener?.('abort', withdraw);
  });
}
