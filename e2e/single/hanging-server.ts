import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../../tools/ports.ts';

/** A server that takes every request and answers none. */
export interface HangingServer {
  readonly url: string;
  /** One line a request: method and path. */
  seen(): readonly string[];
  close(): Promise<void>;
}

export async function openHangingServer(): Promise<HangingServer> {
  const requests: string[] = [];
  const server = createServer(({ method = '', url = '' }) => void requests.push(`${method} ${url}`));
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    seen: () => requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
