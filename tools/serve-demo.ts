import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative, sep } from 'node:path';
import { listen, LOOPBACK } from './ports.ts';

export interface DemoOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** Asked each time the page reads `/config.json`, so that the API may start after the page's server. */
  readonly apiUrl: () => string;
  /** @default the demo as `ng build demo` leaves it */
  readonly folder?: string;
}

export interface DemoServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface Page {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const BUILT_DEMO = join(import.meta.dirname, '..', 'dist', 'demo', 'browser');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Serves the built demo on 127.0.0.1, with `/config.json` telling it where the API is. */
export async function serveDemo({ port, apiUrl, folder = BUILT_DEMO }: DemoOptions): Promise<DemoServer> {
  const pages = await readPages(folder);
  const server = createServer((request, response) => {
    answer(request, response, (path) => pageAt(path, pages, apiUrl));
  });
  await listen(server, { variable: 'PORT', port });
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Read whole at the start: a path that is no key here cannot reach the disk. */
export async function readPages(folder: string): Promise<ReadonlyMap<string, Page>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pages = await Promise.all(
    files.map(
      async (file) => [`/${relative(folder, file).split(sep).join('/')}`, await readPage(file)] as const,
    ),
  );
  const byPath = new Map(pages);
  if (!byPath.has('/index.html')) {
    throw new Error('The demo is not built. Run: npm run build && npm run build:demo');
  }
  return byPath;
}

async function readPage(file: string): Promise<Page> {
  // The build names what it hashes `main-ABCD1234.js`; the rest may change under its name.
  const isHashed = /-[A-Z0-9]{8}\.\w+$/.test(file);
  return {
    body: await readFile(file),
    headers: {
      'Content-Type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
      'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  };
}

function pageAt(path: string, pages: ReadonlyMap<string, Page>, apiUrl: () => string): Page | undefined {
  if (path === '/config.json') {
    return {
      body: Buffer.from(JSON.stringify({ apiUrl: apiUrl() })),
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    };
  }
  // A path without an extension is a place inside the application, which its router finds.
  return pages.get(path) ?? (extname(path) === '' ? pages.get('/index.html') : undefined);
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  find: (path: string) => Page | undefined,
) {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const path = decodedPath(request.url ?? '/');
  if (path === null) {
    response.writeHead(400).end();
    return;
  }
  const page = find(path);
  if (!page) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`No file at ${path}\n`);
    return;
  }
  response.writeHead(200, { ...page.headers, 'Content-Length': page.body.length });
  response.end(request.method === 'HEAD' ? undefined : page.body);
}

function decodedPath(target: string): string | null {
  try {
    return decodeURIComponent(target.split(/[?#]/)[0] ?? '/');
  } catch {
    return null;
  }
}
