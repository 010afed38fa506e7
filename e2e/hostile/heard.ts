import { inspect } from 'node:util';
import type { ConsoleMessage, Page } from 'playwright-core';
import { isBrowserLine } from '../stage/browser-lines.ts';

const IN_FULL = { depth: null, maxArrayLength: null, maxStringLength: null, showHidden: true };

/** What a page has said to its console, and asked for. */
export interface Heard {
  /** Lines that a script wrote, such as `warning: …`: not those of the browser about the network. */
  readonly written: readonly string[];
  /** What nobody caught. */
  readonly uncaught: readonly string[];
  /** All of it, with every value in full and every address. */
  everything(): Promise<string>;
}

export function hear(page: Page): Heard {
  const written: string[] = [];
  const uncaught: string[] = [];
  const addresses: string[] = [];
  const inFull: Promise<string>[] = [];
  page.on('console', (message) => {
    const line = `${message.type()}: ${message.text()}`;
    if (!isBrowserLine(message.text())) written.push(line);
    inFull.push(inspectAll(message));
  });
  page.on('pageerror', (error) => {
    if (!isBrowserLine(String(error))) uncaught.push(inspect(error, IN_FULL));
  });
  page.on('request', (request) => addresses.push(request.url()));
  return {
    written,
    uncaught,
    everything: async () =>
      [...written, ...uncaught, ...addresses, ...(await Promise.all(inFull))].join('\n'),
  };
}

/** Of an object the text of a message holds a preview only. */
async function inspectAll(message: ConsoleMessage): Promise<string> {
  const values = message.args().map((argument) => argument.jsonValue().catch(() => ''));
  return `${message.text()} ${message.location().url} ${inspect(await Promise.all(values), IN_FULL)}`;
}
