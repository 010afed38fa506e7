import type { TestContext } from 'node:test';
import { createDemoApi, type DemoApiOptions } from '../create-demo-api.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Name and value of every cookie that was set. */
  readonly cookies: Readonly<Record<string, string>>;
}

/** Starts a server on a free port for one test, and closes it afterwards. */
export async function startDepot(test: TestContext, options: DemoApiOptions = {}): Promise<DepotCaller> {
  const api = createDemoApi(options);
  test.after(() => api.close());
  return new DepotCaller(await api.listen());
}

/** Calls a running server over real HTTP. */
export class DepotCaller {
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  async send(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(this.address + path, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    const body = (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body };
  }

  get(path: string, accessToken?: string): Promise<Answer> {
    return this.send(path, { headers: bearer(accessToken) });
  }

  /** Sends JSON, or nothing at all where there is no body. */
  post(path: string, body?: unknown, accessToken?: string): Promise<Answer> {
    return this.#sendJson('POST', path, { body, accessToken });
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.#sendJson('PATCH', path, { body });
  }

  async signIn(protocol = 'exchange', username = 'clerk'): Promise<SignedIn> {
    const { headers, body } = await this.post('/login', { username, password: `${username}-pass`, protocol });
    return {
      accessToken: String(body['access_token']),
      refreshToken: String(body['refresh_token']),
      cookies: cookiesOf(headers),
    };
  }

  async counters(): Promise<Record<string, unknown>> {
    return (await this.get('/control/counters')).body;
  }

  async log(): Promise<readonly Record<string, unknown>[]> {
    return (await this.get('/control/log')).body as unknown as Record<string, unknown>[];
  }

  #sendJson(method: string, path: string, content: { body: unknown; accessToken?: string | undefined }) {
    if (content.body === undefined) {
      return this.send(path, { method, headers: bearer(content.accessToken) });
    }
    const headers = { ...bearer(content.accessToken), 'Content-Type': 'application/json' };
    return this.send(path, { method, headers, body: JSON.stringify(content.body) });
  }
}

export function bearer(accessToken: string | undefined): Record<string, string> {
  return accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` };
}

export function cookiesOf(headers: Headers): Record<string, string> {
  const pairs = headers.getSetCookie().map((line) => line.split(';')[0]?.split('=') ?? []);
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}
