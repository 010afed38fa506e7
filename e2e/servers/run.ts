import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { parseArgs } from 'node:util';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { describeServer } from './describe-server.ts';
import { findServers, type FoundServer } from './find-servers.ts';
import type { Observations } from './observations.ts';
import { asCell, committedRows, writeRows, type ServerRows } from './servers-page.ts';
import { openPages, type Pages } from './stage.ts';

// A server waits more than it works: for tokens to expire, for cool-downs, for its own start.
const SERVERS_AT_ONCE = 4;

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
  allowPositionals: true,
});
/** Whether the tables are compared with what is measured, instead of written. */
const isCheck = values.quick || values.check;

const found = (await findServers()).filter(isChosen);
for (const { server, missing } of found) if (missing) console.log(`skipped: ${server.name} is ${missing}`);
const running = found.filter(({ missing }) => missing === null);
const measured: ServerRows[] = [];
const opened: { pages: Pages | null } = { pages: null };

describe('real servers', { concurrency: SERVERS_AT_ONCE }, () => {
  before(async () => {
    opened.pages = await openPages(running);
  });
  after(async () => {
    await opened.pages?.close();
    await disconnectBrowser();
    if (!isCheck) await writeRows(measured);
  });
  for (const one of running) describeServer(one, pages, report);
});

function isChosen({ server }: FoundServer): boolean {
  if (values.quick && !server.quick) return false;
  return positionals.length === 0 || positionals.includes(server.id);
}

function pages(): Pages {
  if (!opened.pages) throw new Error('The pages are not built.');
  return opened.pages;
}

async function report(seen: Observations): Promise<void> {
  const rows = (await seen.rows()).map((row) => row.map(asCell));
  measured.push(rows);
  if (isCheck) assert.deepEqual(rows, await committedRows(seen.name), 'To accept: npm run servers');
}
