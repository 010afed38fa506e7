import type { Adapter, Client, Stage } from '../adapters/contract.ts';
import { API, type Server } from '../world/server.ts';

/** One adapter in a bundle of its own: it shares no compiled code with the others. */
export interface Lane {
  readonly adapter: Adapter;
  readonly Server: typeof Server;
}

export interface Opened {
  readonly server: Server;
  readonly client: Client;
}

export async function openLane(lane: Lane, options: Partial<Stage> = {}): Promise<Opened> {
  const server = options.server ?? new lane.Server();
  const token = options.token ?? server.issue();
  const client = await lane.adapter.open({ server, allow: [API], storage: 'memory', token, ...options });
  // Some start by reading a store.
  await nextTurn();
  return { server, client };
}

/** After a turn of the event loop, in Node and in a page alike. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
