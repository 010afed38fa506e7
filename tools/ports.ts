import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

/** A port, and the environment variable that moves it. */
export interface NamedPort {
  readonly variable: string;
  readonly port: number;
}

export const LOOPBACK = '127.0.0.1';

/** Starts listening on 127.0.0.1; a port in use ends in one sentence that says what to set. */
export async function listen(server: Server, { variable, port }: NamedPort): Promise<void> {
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken. Free it, or set ${variable} to another one.`, { cause: error });
  }
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server, { variable: 'no variable', port: 0 });
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Throws where one of the ports is taken, or two are the same: before minutes go into a build. */
export async function assertFree(ports: readonly NamedPort[]): Promise<void> {
  for (const named of ports) {
    const twin = ports.find(({ port, variable }) => port === named.port && variable !== named.variable);
    if (twin && named.port !== 0) {
      throw new Error(
        `${named.variable} and ${twin.variable} are both ${named.port}. Set one of them to another port.`,
      );
    }
    const server = createServer();
    await listen(server, named);
    await new Promise((closed) => server.close(closed));
  }
}
