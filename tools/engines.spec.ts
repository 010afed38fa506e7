import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Machine } from './browser.ts';
import { EngineMissing, findEngine } from './engines.ts';

const BARE: Machine = { platform: 'linux', arch: 'x64', variables: { PATH: '/nowhere' } };

describe('findEngine', () => {
  for (const [name, sentence] of [
    ['firefox', 'Firefox is not installed (apt-get install firefox-esr)'],
    ['webkit', 'WebKit is not installed (apt-get install webkit2gtk-driver xvfb)'],
  ] as const) {
    it(`says how to install ${name} if it is missing`, async () => {
      await assert.rejects(findEngine(name, BARE), (error) => {
        assert.ok(error instanceof EngineMissing);
        assert.equal(error.message, sentence);
        return true;
      });
    });
  }

  it('takes FIREFOX_BIN before anything else', async () => {
    const variables = { ...BARE.variables, FIREFOX_BIN: process.execPath };
    const { executablePath } = await findEngine('firefox', { ...BARE, variables });
    assert.equal(executablePath, process.execPath);
  });

  it('fails if FIREFOX_BIN names no file, for that is a mistake and not a missing engine', async () => {
    const variables = { ...BARE.variables, FIREFOX_BIN: '/nowhere/firefox' };
    await assert.rejects(findEngine('firefox', { ...BARE, variables }), (error) => {
      assert.ok(error instanceof Error && !(error instanceof EngineMissing));
      assert.match(error.message, /^FIREFOX_BIN names \/nowhere\/firefox/);
      return true;
    });
  });
});
