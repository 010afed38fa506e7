import { join } from 'node:path';
import { type Browser, chromium, firefox } from 'playwright-core';
import { launchOptions } from '../../tools/browser.ts';
import { findEngine } from '../../tools/engines.ts';
import { WebkitBrowser } from '../webkit/webkit-browser.ts';
import { ENGINE } from './engine.ts';

/** Options of a start of an engine, beside its own. */
export interface Settings {
  /** Flags of Chromium. */
  readonly chromium?: readonly string[];
  /** Preferences of Firefox. */
  readonly firefox?: Readonly<Record<string, string | number | boolean>>;
  /** Flags of the browser of WebKitGTK. */
  readonly webkit?: readonly string[];
}

const FIREFOX = join(import.meta.dirname, 'firefox.sh');

/** Starts the engine of this run. */
export async function launchBrowser(settings: Settings = {}): Promise<Browser> {
  switch (ENGINE) {
    case 'chromium':
      return chromium.launch(await chromiumOptions(settings.chromium));
    case 'firefox':
      return firefox.launch(await firefoxOptions(settings.firefox));
    case 'webkit':
      // Playwright drives only a WebKit that it has changed, so that this one has the part of its interface that the
      // specs use.
      return new WebkitBrowser(settings.webkit) as unknown as Browser;
  }
}

export async function chromiumOptions(flags: readonly string[] = []) {
  return launchOptions(await findEngine('chromium'), flags);
}

/** A Firefox as Mozilla ships it, by WebDriver BiDi. */
export async function firefoxOptions(firefoxUserPrefs: Settings['firefox'] = {}) {
  const { executablePath } = await findEngine('firefox');
  return {
    channel: 'moz-firefox',
    executablePath: FIREFOX,
    env: { ...process.env, FIREFOX_OF_RUN: executablePath },
    firefoxUserPrefs: { ...firefoxUserPrefs },
  };
}
