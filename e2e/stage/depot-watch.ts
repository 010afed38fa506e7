import type { Counts } from '../../projects/demo-api/src/control/counters.ts';
import type { Settings } from '../../projects/demo-api/src/control/settings-board.ts';
import type { LogEntry } from '../../projects/demo-api/src/control/traffic-log.ts';

/** The other side of the wire: what the server saw, and the levers that change how it answers. */
export class DepotWatch {
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  /** The counters that are not 0. */
  async counters(): Promise<Partial<Counts>> {
    const counts = (await this.#read('counters')) as Counts;
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  }

  /** The calls answered so far, in order of arrival. */
  async log(): Promise<readonly LogEntry[]> {
    return (await this.#read('log')) as readonly LogEntry[];
  }

  /** What became of each route, in order of arrival: `{ 'GET /me': ['401 user-1 v1', '200 user-1 v2'] }`. */
  async story(): Promise<Record<string, string[]>> {
    return storyOf(await this.log(), ({ method, path }) => `${method} ${path}`);
  }

  /** The same by the names that the caller gave its calls. */
  async storyByCallId(): Promise<Record<string, string[]>> {
    const named = (await this.log()).filter(({ callId }) => callId !== undefined);
    return storyOf(named, ({ callId = '' }) => callId);
  }

  async settings(): Promise<Settings> {
    return (await this.#read('settings')) as Settings;
  }

  set(settings: Partial<Settings>): Promise<void> {
    return this.#send('PATCH', 'settings', settings);
  }

  expireTokens(): Promise<void> {
    return this.#send('POST', 'expire');
  }

  revokeSessions(): Promise<void> {
    return this.#send('POST', 'revoke');
  }

  /** Counters and log begin anew, so that a journey counts from its own start. Sessions stay, settings do not. */
  forget(): Promise<void> {
    return this.#send('POST', 'reset');
  }

  async #read(name: string): Promise<unknown> {
    return (await fetch(`${this.address}/control/${name}`)).json();
  }

  async #send(method: string, lever: string, body?: unknown): Promise<void> {
    const content = body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_CONTENT };
    const { status } = await fetch(`${this.address}/control/${lever}`, { method, ...content });
    if (status >= 300) throw new Error(`${method} /control/${lever} answers ${status}.`);
  }
}

const JSON_CONTENT = { 'Content-Type': 'application/json' };

function storyOf(log: readonly LogEntry[], nameOf: (entry: LogEntry) => string): Record<string, string[]> {
  const story: Record<string, string[]> = {};
  for (const entry of log) {
    const { status, subject, version } = entry;
    const words = [status, subject, version && `v${version}`].filter(Boolean).join(' ');
    (story[nameOf(entry)] ??= []).push(words);
  }
  return story;
}
