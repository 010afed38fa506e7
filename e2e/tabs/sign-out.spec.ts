import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { signOutDuringRefresh } from './sign-out.ts';

const TIMES = 5;

after(disconnectBrowser);

describe('a sign-out in one tab during a refresh in another', () => {
  for (const protocol of ['oidc', 'blacklist'] as const) {
    it(`signs both out for good, with ${protocol}`, async () => {
      assert.deepEqual((await signOutDuringRefresh(TIMES, protocol)).objections, []);
    });
  }
});
