import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findEngine } from '../../tools/engines.ts';
import { freePort, LOOPBACK } from '../../tools/ports.ts';
import { webkitEnvironment } from '../../tools/webkit-display.ts';
import { untilTrue } from '../stage/eventually.ts';

const LONGEST_START_MS = 20_000;
const TARGET = /\/socket\/(\d+\/\d+)\/WebPage/g;

/** A started WebKit, with its pages behind its inspector. */
export interface MiniBrowser {
  /** The addresses of its pages. */
  pages(): Promise<string[]>;
  /** Waits for a page that is not among these. */
  pageOtherThan(known: ReadonlySet<string>): Promise<string>;
  close(): Promise<void>;
  /** Ends all its processes at once. */
  kill(): Promise<void>;
}

/** Starts one, by default with a new profile. */
export async function startMiniBrowser(flags: readonly string[], profile?: string): Promise<MiniBrowser> {
  const { executablePath } = await findEngine('webkit');
  const address = `${LOOPBACK}:${await freePort()}`;
  const browser = spawn(executablePath, [...flags, 'about:blank'], {
    stdio: 'ignore',
    // A group of its own: its other processes write to the disk, too.
    detached: true,
    env: { ...process.env, ...(await webkitEnvironment(profile)), WEBKIT_INSPECTOR_HTTP_SERVER: address },
  });
  const ended = once(browser, 'close');
  const end = () => process.kill(-(browser.pid ?? 0), 'SIGKILL');
  process.once('exit', end);
  const pages = async () => {
    const answer = await fetch(`http://${address}/`).catch(() => null);
    const page = (await answer?.text()) ?? '';
    return [...page.matchAll(TARGET)].map(([path]) => `ws://${address}${path}`);
  };
  return {
    pages,
    pageOtherThan: async (known) => {
      const found = await untilTrue(
        async () => (await pages()).find((page) => !known.has(page)),
        (page) => page !== undefined,
        LONGEST_START_MS,
      );
      if (found === undefined) throw new Error('WebKit opened no page.');
      return found;
    },
    close: async () => {
      browser.kill();
      await ended;
      process.removeListener('exit', end);
    },
    kill: async () => {
      process.removeListener('exit', end);
      end();
      await ended;
    },
  };
}
