import type { TestContext } from 'node:test';
import { createDemoApi, type DemoApiOptions } from '../create-demo-api.ts';
import { bearer } from './depot-caller.ts';

/** An answer to the byte, with the headers that a client acts on. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** Starts a server on a free port for one test, and calls the routes under a path of it. */
export async function startLaravel(
  test: TestContext,
  path: string,
  options: DemoApiOptions = {},
): Promise<LaravelCaller> {
  const api = createDemoApi(options);
  test.after(() => api.close());
  return new LaravelCaller((await api.listen()) + path);
}

export class LaravelCaller {
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  get(path: string, token?: string): Promise<RawAnswer> {
    return this.#send(path, { headers: bearer(token) });
  }

  post(path: string, token?: string): Promise<RawAnswer> {
    return this.#send(path, { method: 'POST', headers: bearer(token) });
  }

  postJson(path: string, body: unknown): Promise<RawAnswer> {
    const headers = { 'Content-Type': 'application/json' };
    return this.#send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async signIn(path: string, name = 'clerk'): Promise<Record<string, string>> {
    const { text } = await this.postJson(path, { email: `${name}@example.com`, password: `${name}-pass` });
    return JSON.parse(text) as Record<string, string>;
  }

  async #send(path: string, init: RequestInit): Promise<RawAnswer> {
    const response = await fetch(this.address + path, init);
    return { status: response.status, text: await response.text(), headers: response.headers };
  }
}

/** Status and body, to compare with a literal answer. */
export function bare({ status, text }: RawAnswer) {
  return { status, text };
}
