import { EventEmitter } from 'node:events';
import { type MiniBrowser, startMiniBrowser } from './mini-browser.ts';
import { WebkitPage } from './webkit-page.ts';

/** The part of Playwright's `BrowserContext` that the specs use: a WebKit with a profile of its own. */
export class WebkitContext extends EventEmitter {
  readonly browser: MiniBrowser;
  readonly #known = new Set<string>();
  /** Stays blank, and opens the others. */
  readonly #first: Promise<WebkitPage>;
  #opening: Promise<unknown>;
  #shown: WebkitPage | null = null;

  constructor(browser: MiniBrowser) {
    super();
    this.browser = browser;
    this.#first = this.#nextPage();
    this.#opening = this.#first;
  }

  /** In a process of its own. */
  newPage(): Promise<WebkitPage> {
    return this.pageOpenedBy(async () => {
      const first = await this.#first;
      await first.evaluate(() => void window.open('about:blank', '_blank', 'noopener'));
    });
  }

  /** One at a time: nothing says which call has opened which page. */
  pageOpenedBy(open: () => Promise<unknown>): Promise<WebkitPage> {
    const opened = this.#opening.then(async () => {
      await open();
      return this.#nextPage();
    });
    this.#opening = opened.catch(() => undefined);
    return opened;
  }

  /** Those that the page in front gets. */
  async cookies(): Promise<unknown> {
    return this.#shown?.cookies() ?? [];
  }

  setDefaultTimeout(): void {
    return;
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  async #nextPage(): Promise<WebkitPage> {
    const address = await this.browser.pageOtherThan(this.#known);
    this.#known.add(address);
    const page = await WebkitPage.open(address, this);
    this.#shown = page;
    if (this.listenerCount('weberror') > 0) {
      page.on('pageerror', (thrown: Error) => this.emit('weberror', { error: () => thrown }));
    }
    return page;
  }
}

/** The part of Playwright's `Browser` that the specs use. */
export class WebkitBrowser {
  readonly #flags: readonly string[];
  readonly #contexts: WebkitContext[] = [];

  constructor(flags: readonly string[] = []) {
    this.#flags = flags;
  }

  async newContext(): Promise<WebkitContext> {
    const context = new WebkitContext(await startMiniBrowser(this.#flags));
    this.#contexts.push(context);
    return context;
  }

  async close(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
  }
}
