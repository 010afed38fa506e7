import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { createDemoApi } from '../../../projects/demo-api/src/create-demo-api.ts';
import type { Server } from '../../../projects/ngx-bearer/schematics/spec/shapes.ts';
import { listen, LOOPBACK } from '../../ports.ts';
import { type Page, readPages } from '../../serve-demo.ts';

/** Long enough for six requests to be on their way before the first is answered. */
const PACE = { latencyMs: 150, refreshLatencyMs: 200 };

interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

/** What the demo API counted, and what a shape sent that its server does not know. */
export interface Seen {
  readonly rejections: number;
  readonly refreshes: number;
  readonly sendings: number;
  readonly problems: readonly string[];
}

/** Serves the page, and in front of the demo API the API that a shape was written for. */
export class ShapeServer {
  readonly #demo = createDemoApi({ settings: PACE });
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #pages: ReadonlyMap<string, Page> = new Map();
  #demoUrl = '';
  #shape: Server = { refresh: '', answers: null };
  #tokens: Tokens = { access: '', refresh: '' };
  #problems: string[] = [];
  #sendings = 0;

  async listen(): Promise<string> {
    this.#demoUrl = await this.#demo.listen();
    await listen(this.#server, { variable: 'PORT', port: 0 });
    return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  async serve(folder: string): Promise<void> {
    this.#pages = await readPages(folder);
  }

  use(shape: Server): void {
    this.#shape = shape;
    this.#tokens = { access: '', refresh: '' };
    this.#problems = [];
  }

  /** Every access token is worth nothing from now on, and counting begins. */
  async expire(): Promise<void> {
    await fetch(`${this.#demoUrl}/control/expire`, { method: 'POST' });
    await fetch(`${this.#demoUrl}/control/reset`, { method: 'POST' });
    this.#sendings = 0;
  }

  async seen(): Promise<Seen> {
    const counters = await (await fetch(`${this.#demoUrl}/control/counters`)).json();
    const { rejections, refreshes } = counters as Seen;
    return { rejections, refreshes, sendings: this.#sendings, problems: this.#problems };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await this.#demo.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://own.invalid');
    const page =
      request.method === 'GET' ? this.#pages.get(pathname === '/' ? '/index.html' : pathname) : undefined;
    if (page) response.writeHead(200, page.headers).end(page.body);
    else await this.#call(`${request.method ?? ''} ${pathname}`, request, response);
  }

  async #call(route: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { signIn = 'POST /auth/login', refresh, answers, signInAnswers = answers } = this.#shape;
    if (route === signIn) await this.#signIn(request, response, signInAnswers);
    else if (route === refresh) await this.#refresh(request, response);
    else await this.#pass(route, request, response);
  }

  async #signIn(request: IncomingMessage, response: ServerResponse, answers: unknown): Promise<void> {
    const form = parsed(await text(request)) as object;
    const protocol = this.#shape.exchange ? 'exchange' : 'oauth';
    const body = JSON.stringify({ ...form, protocol });
    await this.#keep(
      await fetch(`${this.#demoUrl}/login`, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json' },
      }),
    );
    this.#send(response, answers);
  }

  /** Only what the shape's own code sends is a refresh. */
  async #refresh(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { wants, wantsHeaders = {}, cookie, answers, exchange } = this.#shape;
    const sent = parsed(await text(request));
    const expected = this.#filled(wants ?? null);
    if (!isDeepStrictEqual(sent, expected)) this.#problems.push(`the refresh sends ${JSON.stringify(sent)}`);
    for (const [name, value] of Object.entries(wantsHeaders)) {
      if (request.headers[name] !== this.#filled(value))
        this.#problems.push(`the header ${name} is ${String(request.headers[name])}`);
    }
    const isKnown = !cookie || request.headers.cookie?.includes(`shape=${this.#tokens.refresh}`);
    if (!isKnown) this.#problems.push('the refresh sends no cookie');
    await this.#keep(
      await fetch(`${this.#demoUrl}${exchange ? '/auth' : '/oauth/token'}`, {
        method: 'POST',
        ...this.#grant(exchange),
      }),
    );
    this.#send(response, answers);
  }

  #grant(isExchange: boolean | undefined): RequestInit {
    const { access, refresh } = this.#tokens;
    return isExchange
      ? { headers: { Authorization: `Bearer ${access}` } }
      : {
          body: new URLSearchParams({
            grant_type: 'refresh_token',
            client_id: 'demo',
            refresh_token: refresh,
          }),
        };
  }

  async #pass(route: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [name = '', template = ''] = (this.#shape.header ?? 'Authorization: Bearer $access').split(': ');
    const scheme = template.replace('$access', '');
    const value = String(request.headers[name.toLowerCase()] ?? '');
    const token = value.startsWith(scheme) ? value.slice(scheme.length) : '';
    this.#sendings += 1;
    if (!token) this.#problems.push(`${route} has no token`);
    const place = route.split('/').at(-1) ?? '';
    const answer = await fetch(`${this.#demoUrl}/${place}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const status = answer.status === 401 ? (this.#shape.rejects ?? 401) : answer.status;
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(await answer.text());
  }

  async #keep(answer: Response): Promise<void> {
    const { access_token = '', refresh_token = '' } = (await answer.json()) as Record<string, string>;
    this.#tokens = { access: access_token, refresh: refresh_token };
  }

  #send(response: ServerResponse, answers: unknown): void {
    const cookie = this.#shape.cookie
      ? { 'Set-Cookie': `shape=${this.#tokens.refresh}; HttpOnly; Path=/` }
      : {};
    const { access } = this.#tokens;
    response
      .writeHead(access ? 200 : 401, { 'Content-Type': 'application/json', ...cookie })
      .end(this.#shape.text ? access : JSON.stringify(this.#filled(answers)));
  }

  #filled(template: unknown): unknown {
    const { access, refresh } = this.#tokens;
    const filled = JSON.stringify(template).replaceAll('$access', access).replaceAll('$refresh', refresh);
    return JSON.parse(filled);
  }
}

function parsed(body: string): unknown {
  if (body === '' || body === '{}') return null;
  return body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
}
