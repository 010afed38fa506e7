import type { Server } from '../world/server.ts';

/** What an adapter does on its own, configured as its README says. */
export const FEATURES = {
  attach: 'attaches the token',
  allow: 'only where it may go',
  expiry: 'refreshes before a token runs out',
  heal: 'heals a 401',
  hold: 'holds requests while it refreshes',
  store: 'keeps tokens over a page load',
  tabs: 'coordinates tabs',
  limit: 'survives a refresh that fails or never answers',
} as const;

export type Feature = keyof typeof FEATURES;

/** What is measured, and under which name. */
export interface About {
  readonly name: string;
  /** Packages that it needs beside Angular and RxJS. */
  readonly packages: readonly string[];
  readonly transport: 'HttpClient' | 'axios';
  readonly can: readonly Feature[];
  /** What a quickstart imports, as one ES module; null where there is nothing to bundle. */
  readonly quickstart: string | null;
  /** Scenarios that need more than this bench has, and what. */
  readonly unplayed?: Readonly<Record<string, string>>;
  /** What a reader has to know about the figures. */
  readonly remark?: string;
}

export type Storage = 'memory' | 'local';

/** What a client is opened in. */
export interface Stage {
  readonly server: Server;
  /** Origins the token may go to; the API is the last. */
  readonly allow: readonly string[];
  readonly storage: Storage;
  /** The token it is signed in with. */
  readonly token: string;
}

/** An application that sends requests through the adapter. */
export interface Client {
  /** `done` gets the status: 0 for an error that is no answer. Returns how to leave, where that was asked for. */
  send(url: string, done: (status: number) => void, mayLeave?: boolean): () => void;
  /** Somebody else signs in. */
  signIn(token: string): void;
  close(): void;
}

export interface Adapter {
  readonly about: About;
  open(stage: Stage): Client | Promise<Client>;
}
