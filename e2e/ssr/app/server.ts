import { AngularNodeAppEngine, writeResponseToNodeResponse } from '@angular/ssr/node';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import type { Settings } from './settings';

const SCRIPTS = join(import.meta.dirname, '..', 'browser');

/** The application's server. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** @param allowedHosts the `Host` headers it answers; `*` for any */
export async function servePages(settings: Settings, allowedHosts: readonly string[]): Promise<PageServer> {
  const engine = new AngularNodeAppEngine({ allowedHosts });
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    if (path === '/config.json') return void response.end(JSON.stringify(settings));
    if (path.endsWith('.js')) {
      response.setHeader('Content-Type', 'text/javascript');
      return void response.end(await readFile(join(SCRIPTS, basename(path))));
    }
    const page = await engine.handle(request, settings);
    if (page) await writeResponseToNodeResponse(page, response);
    else response.writeHead(404).end();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
