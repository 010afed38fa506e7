import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventuallyMatches } from './stage/eventually.ts';
import { journey } from './stage/journey.ts';

declare global {
  interface Window {
    posted: string[];
  }
}

describe('a token', () => {
  for (const protocol of ['exchange', 'oauth', 'cookie']) {
    it(
      `stands in no message, no storage but its own and on no page, all along a life with ${protocol}`,
      journey({ address: { protocol }, expects: [400, 503], signedInAs: null }, async (stage) => {
        const { demo, depot, page, witness } = stage;
        await page.addInitScript(recordMessages);
        await page.reload();
        await demo.signIn('clerk');
        await demo.settlesOn({ lanes: { done: 6 } });
        await demo.expireTokens();
        await demo.send(6);
        await demo.settlesOn({ headline: '6 requests · 6 rejections · 1 refresh · 6 replays' });
        const strangers = await page.evaluate(readStorages);
        await depot.set({ refreshAnswer: 'unavailable' });
        await demo.expireTokens();
        await demo.send(6);
        await demo.settlesOn({ lanes: { failed: 6 }, refreshes: ['unavailable'] });
        await eventuallyMatches(() => demo.textOf('message'), /the next call tries again/);
        await witness.assertNoTokenShown();
        await depot.set({ refreshAnswer: 'refused' });
        await demo.send(6);
        await demo.settlesOn({ lanes: { failed: 6 }, refreshes: ['refused'] });
        await demo.part('sign-in').waitFor();

        const tokens = await witness.tokens();
        assert.ok(tokens.length >= 2, 'there are tokens that could have been seen');
        const messages = (await page.evaluate(() => window.posted)).join('\n');
        assert.deepEqual(
          tokens.filter((token) => `${strangers}\n${messages}`.includes(token)),
          [],
        );
      }),
    );
  }
});

/** Everything that other tabs, frames and workers would be told. */
function recordMessages(): void {
  window.posted = [];
  for (const speaker of [BroadcastChannel.prototype, MessagePort.prototype, window]) {
    const post = Reflect.get(speaker, 'postMessage') as (...parameters: unknown[]) => void;
    speaker.postMessage = function (this: unknown, ...parameters: unknown[]) {
      window.posted.push(JSON.stringify(parameters));
      post.apply(this, parameters);
    };
  }
}

/** What stands in the storages under names that are not the library's. */
function readStorages(): string {
  const entries = [...Object.entries(localStorage), ...Object.entries(sessionStorage)];
  return JSON.stringify(entries.filter(([name]) => !name.startsWith('depot-')));
}
