import type { AuthEvent } from 'ngx-bearer';
import type { BrowserContext, Page } from 'playwright-core';
import { connectBrowser } from '../stage/shared-browser.ts';
import type { CallEnd, SignedIn } from './page/contract.ts';
import type { ServerUnderTest } from './server.ts';

const SIX = 6;

/** An application in a browser context of its own, signed out at first. Its clock stands still. */
export class Tab {
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #server: ServerUnderTest;
  /** The time of the page, in epoch milliseconds. */
  now: number;
  #seenEvents = 0;

  private constructor(
    page: Page,
    { server, now }: { readonly server: ServerUnderTest; readonly now: number },
  ) {
    this.#page = page;
    this.#context = page.context();
    this.#server = server;
    this.now = now;
  }

  static async open(address: string, server: ServerUnderTest): Promise<Tab> {
    const context = await (await connectBrowser()).newContext();
    const now = Date.now();
    // The page does not notice that a token expires: only the rejection of the server reveals it.
    await context.clock.setFixedTime(now);
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'app' in window);
    return new Tab(page, { server, now });
  }

  get mePath(): string {
    return this.#server.mePath ?? '/me';
  }

  signIn(user: string): Promise<SignedIn> {
    const { signIn } = this.#server;
    const call = { ...signIn, body: signIn.body(user) };
    return this.#page.evaluate((sent) => window.app.signIn(sent), call);
  }

  use(tokens: { readonly accessToken: string; readonly refreshToken?: string }): Promise<void> {
    return this.#page.evaluate((given) => window.app.use(given), tokens);
  }

  /** Asks the server for the name of the user; `mark` distinguishes the request on the wire. */
  call(mark = ''): Promise<CallEnd> {
    return this.#page.evaluate((path) => window.app.call(path), `${this.mePath}?${mark}`);
  }

  /** Six different requests in one turn. */
  callSix(): Promise<CallEnd[]> {
    const paths = Array.from({ length: SIX }, (_, index) => `${this.mePath}?call=${index}`);
    return this.#page.evaluate((all) => Promise.all(all.map((path) => window.app.call(path))), paths);
  }

  /** The clock of the page goes on by this, and stands still again. */
  async advance(byMs: number): Promise<void> {
    this.now += byMs;
    await this.#context.clock.setFixedTime(this.now);
  }

  signedIn(): Promise<boolean> {
    return this.#page.evaluate(() => window.app.signedIn());
  }

  /** The events since the last look. */
  async newEvents(): Promise<readonly AuthEvent[]> {
    const all = await this.#page.evaluate(() => [...window.app.events()]);
    const fresh = all.slice(this.#seenEvents);
    this.#seenEvents = all.length;
    return fresh;
  }

  readableHeaders(accessToken: string): Promise<Readonly<Record<string, string>>> {
    return this.#page.evaluate(([path, token]) => window.app.readableHeaders(path, token), [
      this.mePath,
      accessToken,
    ] as const);
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
