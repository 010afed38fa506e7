import { serveDemo } from '../../tools/serve-demo.ts';
import { buildPages } from './build-pages.ts';
import { configurationOf } from './docs-block.ts';
import type { FoundServer } from './find-servers.ts';
import { ServerProcess } from './server-process.ts';
import { Tab } from './tab.ts';
import { Wire } from './wire.ts';

/** A running server behind its wire, and a page of another origin that is configured for it. */
export interface Stage {
  readonly found: FoundServer;
  readonly process: ServerProcess;
  readonly wire: Wire;
  openTab(): Promise<Tab>;
  close(): Promise<void>;
}

/** The pages of all servers, built at once and served from one origin. */
export interface Pages {
  readonly origin: string;
  readonly wires: ReadonlyMap<string, Wire>;
  close(): Promise<void>;
}

export async function openPages(all: readonly FoundServer[]): Promise<Pages> {
  const wires = new Map(
    await Promise.all(all.map(async ({ server }) => [server.id, await Wire.open()] as const)),
  );
  const configurations = await Promise.all(
    all.map(async ({ server }) => ({
      id: server.id,
      block: await configurationOf(server),
      url: wires.get(server.id)?.url ?? '',
    })),
  );
  const pages = await serveDemo({ port: 0, apiUrl: () => '', folder: await buildPages(configurations) });
  return {
    origin: pages.url,
    wires,
    close: async () => {
      await Promise.all([pages.close(), ...[...wires.values()].map((wire) => wire.close())]);
    },
  };
}

export async function openStage(found: FoundServer, { origin, wires }: Pages): Promise<Stage> {
  const wire = wires.get(found.server.id);
  if (!wire) throw new Error(`${found.server.name} has no page.`);
  const process = await ServerProcess.start(found, origin);
  wire.connect(process.url);
  const tabs: Tab[] = [];
  return {
    found,
    process,
    wire,
    openTab: async () => {
      const tab = await Tab.open(`${origin}/${found.server.id}.html`, found.server);
      tabs.push(tab);
      return tab;
    },
    close: async () => {
      await Promise.all(tabs.map((tab) => tab.close()));
      await process.close();
    },
  };
}
