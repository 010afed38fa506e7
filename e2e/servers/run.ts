import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { parseArgs } from 'node:util';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { describeServer } from './describe-server.ts';
import { findServers, type FoundServer } from './find-servers.ts';
import type { Observations } from './observations.ts';
import type { ServerUnderTest } from './server.ts';
import { asCell, committedRows, versionIn, writeRows, type ServerRows } from './servers-page.ts';
import { openPages, type Pages } from './stage.ts';

// A server waits more than it works: for tokens to expire, for cool-downs, for its own start.
const SERVERS_AT_ONCE = 4;

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false } },
  allowPositionals: true,
});
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
    if (!values.check) await writeRows(measured);
  });
  for (const one of running) describeServer(one, pages, report);
});

function isChosen({ server }: FoundServer): boolean {
  return positionals.length === 0 || positionals.includes(server.id);
}

function pages(): Pages {
  if (!opened.pages) throw new Error('The pages are not built.');
  return opened.pages;
}

async function report(seen: Observations, { pinned = false }: ServerUnderTest): Promise<void> {
  const rows = (await seen.rows()).map((row) => row.map(asCell));
  measured.push(rows);
  if (!values.check) return;
  const committed = await committedRows(seen.name);
  const [here, there] = [rows, committed].map(versionIn);
  if (pinned || here === there) assert.deepEqual(rows, committed, 'To accept: npm run servers');
  else console.log(`not compared: ${seen.name} is ${here} here, and docs/servers.md has ${there}`);
}
