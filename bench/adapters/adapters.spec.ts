import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { FILES, idOf } from '../measure/entrants.ts';
import { type Lane, openLane } from '../probes/lane.ts';
import { Play } from '../probes/play.ts';
import { bundleAdapter } from '../samples/bundle.ts';
import { API } from '../world/server.ts';
import { standInForPage } from '../world/node-window.ts';
import { issueToken } from '../world/tokens.ts';
import type { Feature } from './contract.ts';

const kept = standInForPage();
const folder = await mkdtemp(join(import.meta.dirname, '..', 'adapters-'));

// All before the first test: what is left running in some must not be waited for at the end.
const lanes = await Promise.all(FILES.map(load));
await rm(folder, { recursive: true });
for (const { adapter, Server } of lanes) {
  const lane = { adapter, Server };
  const { name, can, unplayed = {} } = adapter.about;
  const does = (feature: Feature) => can.includes(feature);

  describe(name, () => {
    it(does('attach') ? 'attaches the token it is signed in with' : 'attaches nothing', async () => {
      const play = await Play.begin(lane);
      play.client.signIn(play.server.issue());
      const call = play.send();
      await play.settle();
      assert.equal(call.status, does('attach') ? 200 : 401);
      assert.equal(play.server.last?.authorization !== null, does('attach'));
      play.client.close();
    });

    it(does('heal') ? 'heals a 401 with a refresh' : 'gives the caller its 401', async () => {
      const play = await Play.begin(lane);
      play.server.expire();
      const call = play.send();
      await play.settle();
      assert.equal(call.status, does('heal') ? 200 : 401);
      assert.equal(play.refreshes, does('heal') ? 1 : 0);
      play.client.close();
    });

    if (does('attach')) {
      it(does('allow') ? 'keeps the token from other hosts' : 'sends the token anywhere', async () => {
        const play = await Play.begin(lane);
        play.send('https://other.example/item');
        await play.settle();
        assert.equal(play.server.last?.url, 'https://other.example/item');
        assert.equal(play.server.last.authorization === null, does('allow'));
        play.client.close();
      });
    }

    if (does('expiry') && Object.keys(unplayed).length === 0) {
      it('goes on after a token has run out', async () => {
        const play = await Play.begin(lane);
        play.client.signIn(issueToken('ann', 0, 'spent'));
        const call = play.send();
        await play.settle();
        assert.equal(call.status, 200);
        assert.equal(play.refreshes, 1);
        play.client.close();
      });
    }

    if (does('store')) {
      it('keeps the token in localStorage where that is asked for', async () => {
        kept.clear();
        const server = new Server();
        const token = server.issue();
        const { client } = await openLane(lane, { server, token, storage: 'local' });
        assert.ok([...kept.values()].some((value) => value.includes(token)));
        const status = await new Promise((resolve) => client.send(`${API}/item`, resolve));
        assert.equal(status, 200);
        client.close();
      });
    }
  });
}

async function load(file: string): Promise<Lane> {
  const outfile = join(folder, `${idOf(file)}.mjs`);
  await bundleAdapter(file, outfile);
  return (await import(pathToFileURL(outfile).href)) as Lane;
}
