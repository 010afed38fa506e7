import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { eventually } from '../stage/eventually.ts';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { onTabs } from './on-tabs.ts';
import { inWords } from './tab.ts';

after(disconnectBrowser);

describe('a sign-in as another user in one tab, while another has requests held,', () => {
  for (const protocol of ['oidc', 'blacklist'] as const) {
    for (const point of ['sent', 'answered'] as const) {
      it(
        `replays none of them as the other, with ${protocol} and the refresh ${point}`,
        onTabs({ tabs: 2, protocol }, async ({ server, open }, [holding, other]) => {
          await server.expireAll();
          const stop = server.wire.stopAt(point);
          // A call that starts after the first rejection would be held unsent.
          server.wire.meet(3);
          const held = Promise.all([holding.call(), holding.call(), holding.call()]);
          await stop.reached;
          await other?.signIn('manager');
          const ends = await held;
          stop.open();
          assert.deepEqual(
            ends.map(({ status, username }) => ({ status, username })),
            Array(3).fill({ status: 401, username: null }),
          );
          assert.deepEqual(server.wire.log.story, ['401 clerk', '401 clerk', '401 clerk']);
          assert.equal((await holding.call()).username, 'manager');
          const later = await open();
          await eventually(async () => (await later.call()).username, 'manager');
          assert.equal((await holding.call()).username, 'manager');
          assert.deepEqual(inWords(await holding.events()), ['signed-in this-tab', 'signed-in other-tab']);
        }),
      );
    }
  }
});
