import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { listen, LOOPBACK } from '../ports.ts';
import { SECRET } from './page/secret.ts';

/** Every way in which the page refreshes here: two backends of Angular, two bodies. */
const REFRESHES = 4;

/**
 * Lets the page refresh at an endpoint that answers 307 with another origin, and fails if a token arrives there. Returns
 * the number of requests that arrived.
 */
export async function checkRedirects(page: Page): Promise<number> {
  await using servers = new AsyncDisposableStack();
  const arrivals: string[] = [];
  const elsewhere = await open(servers, async (request) => {
    arrivals.push(`${request.method ?? ''} ${request.rawHeaders.join()} ${await text(request)}`);
    return { status: 200, body: JSON.stringify({ access_token: 'evil', refresh_token: 'evil' }) };
  });
  const redirected: string[] = [];
  const api = await open(servers, async (request) => {
    if (request.method === 'POST') redirected.push(await text(request));
    return { status: request.method === 'POST' ? 307 : 204, location: `${elsewhere}/caught` };
  });
  // Without this the check could pass because nothing can arrive there at all.
  await page.evaluate(`scenario.postUnprotected('${api}/auth')`);
  assert.ok(
    arrivals.some((arrival) => arrival.includes(SECRET)),
    'The browser did not follow the 307.',
  );
  arrivals.length = redirected.length = 0;
  const ends = await page.evaluate<string[]>(`scenario.refreshAt('${api}')`);
  assert.deepEqual(
    ends,
    Array.from({ length: REFRESHES }, () => 'refresh-unavailable'),
  );
  assert.equal(redirected.length, REFRESHES);
  const leaked = arrivals.filter((arrival) => arrival.includes(SECRET));
  assert.deepEqual(leaked, [], 'A token followed the 307 to another origin.');
  return arrivals.length;
}

interface Answer {
  readonly status: number;
  readonly location?: string;
  readonly body?: string;
}

async function open(
  servers: AsyncDisposableStack,
  answer: (request: IncomingMessage) => Promise<Answer>,
): Promise<string> {
  const server: Server = createServer((request, response) => void respond(request, response));
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, location, body } = await answer(request);
    response.writeHead(status, {
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Headers': 'authorization, content-type',
      'Content-Type': 'application/json',
      ...(location !== undefined && { Location: location }),
    });
    response.end(body);
  };
  await listen(server, { variable: 'no variable', port: 0 });
  servers.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
}
