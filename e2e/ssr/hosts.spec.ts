import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { ask, onSsrStage, type SsrStage, textOf, visit } from './ssr-stage.ts';
import { signIn, type Visitor } from './visitor.ts';

/** Without a host of their own: on a server all of them lead to where the `Host` header says. */
const RELATIVE = ['/', '/me', 'me', './me', '?me', '/%5cme', 'http:/me', 'http:me', 'HTTP:/me', 'h\nttp:/me'];

/** With a host that some take for a path. */
const ODD = [
  '//HOST/me',
  '/\\HOST/me',
  '\\\\HOST/me',
  '///HOST/me',
  '\t//HOST/me',
  'http:/HOST/me',
  'http:\\HOST/me',
];

/** Look like the API, and are not. */
const LOOKALIKES = [
  'http://EVIL/me',
  'http:\\\\EVIL/me',
  'http://API@EVIL/me',
  'http://EVIL#@API/me',
  'http://EVIL\\@API/me',
];

describe('a URL that the server fetches', () => {
  it('takes no token along where it is relative, whatever the Host header says', (test) =>
    amongHosts(async (place) => {
      const { api, evil, stage } = place;
      const odd = [api, evil.host].flatMap((host) => ODD.map((url) => url.replace('HOST', host)));
      const hosts = [new URL(stage.url).host, evil.host, api, 'evil.example'];
      const leaked = await sendAll(place, hosts, [...RELATIVE, ...odd]);
      const tried = hosts.length * (RELATIVE.length + odd.length);
      test.diagnostic(
        `relative URLs: ${tried}; arrived where the Host header led: ${evil.arrivals}; tokens leaked: ${leaked.length}`,
      );
      assert.deepEqual(leaked, []);
      assert.ok(evil.arrivals > RELATIVE.length, `only ${evil.arrivals} arrived`);
    }));

  it('takes no token along where it only looks like the API', () =>
    amongHosts(async (place) => {
      const { api, evil, stage } = place;
      const urls = LOOKALIKES.map((url) => url.replace('EVIL', evil.host).replace('API', api));
      assert.deepEqual(await sendAll(place, [new URL(stage.url).host], urls), []);
      assert.ok(evil.arrivals > 0);
    }));

  it('takes the token along where it names the API, whatever the Host header says', () =>
    amongHosts(async ({ stage, visitor, api, evil }) => {
      for (const host of [new URL(stage.url).host, evil.host, 'evil.example']) {
        stage.wire.forget();
        await runErrand(stage, { visitor, host, url: `http://${api}/me` });
        assert.deepEqual(stage.wire.withToken(), [
          { url: `http://${api}/me`, authorization: `Bearer ${visitor.accessToken}` },
        ]);
      }
      assert.equal(evil.arrivals, 0);
    }));
});

describe('a host that the server was not told of', () => {
  it('gets no page', () =>
    onSsrStage({}, async (stage) => {
      const visitor = await signIn(stage.depot.address, 'clerk');
      assert.equal(textOf(await visit(stage, visitor), 'visitor'), 'Clerk');
      stage.wire.forget();
      const page = await ask(`${stage.url}/visitor`, { cookie: visitor.cookie, host: 'evil.example' });
      assert.equal(page.status, 400);
      assert.deepEqual(stage.wire.sent, []);
    }));
});

interface Place {
  readonly stage: SsrStage;
  readonly visitor: Visitor;
  readonly api: string;
  readonly evil: EvilHost;
}

/** A server that answers for any host, and beside it one that wants tokens. */
async function amongHosts(walk: (place: Place) => Promise<void>): Promise<void> {
  const evil = await EvilHost.open();
  try {
    await onSsrStage({ allowedHosts: ['*'] }, async (stage) => {
      const visitor = await signIn(stage.depot.address, 'clerk');
      await walk({ stage, visitor, api: new URL(stage.depot.address).host, evil });
    });
  } finally {
    evil.close();
  }
}

/** Has each URL fetched under each `Host` header. Returns those that a token left with, and where to. */
async function sendAll(place: Place, hosts: readonly string[], urls: readonly string[]): Promise<string[]> {
  const { stage, visitor } = place;
  const leaked: string[] = [];
  for (const { host, url } of hosts.flatMap((each) => urls.map((one) => ({ host: each, url: one })))) {
    stage.wire.forget();
    await runErrand(stage, { visitor, host, url });
    const carriers = stage.wire.withToken().map((sending) => sending.url);
    if (carriers.length > 0) leaked.push(`${JSON.stringify(url)} under Host: ${host} to ${carriers.join()}`);
  }
  return leaked;
}

interface Errand {
  readonly visitor: Visitor;
  readonly host: string;
  readonly url: string;
}

async function runErrand(stage: SsrStage, { visitor, host, url }: Errand): Promise<void> {
  const page = await ask(`${stage.url}/errand?to=${encodeURIComponent(url)}`, {
    cookie: visitor.cookie,
    host,
  });
  assert.equal(textOf(page, 'session'), `signed in, session ${visitor.sid}`);
  assert.match(textOf(page, 'errand') ?? '', /^(answered|failed with \d+|failed before it was sent)$/);
}

class EvilHost {
  arrivals = 0;
  readonly #server = createServer((_request, response) => {
    this.arrivals += 1;
    response.end('{}');
  });

  static async open(): Promise<EvilHost> {
    const host = new EvilHost();
    host.#server.listen(0, '127.0.0.1');
    await once(host.#server, 'listening');
    return host;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
