import { EventEmitter, once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { DOMAINS, translateEvents } from './webkit-events.ts';
import { Inspector } from './inspector.ts';
import { asCall, type PageFunction, WebkitFrame } from './webkit-frame.ts';
import { WebkitLocator } from './webkit-locator.ts';
import type { WebkitContext } from './webkit-browser.ts';

interface ExecutionContext {
  readonly context: { readonly id: number; readonly type: string; readonly frameId: string };
}

interface Navigated {
  readonly frame: { readonly id: string; readonly parentId?: string; readonly url: string };
}

const LONGEST_CLOSE_MS = 2000;

/** A page as Playwright would have it: the part of its `Page` that the specs use. */
export class WebkitPage extends EventEmitter {
  readonly #inspector: Inspector;
  readonly #context: WebkitContext;
  readonly #main: WebkitFrame;
  readonly #initScripts: string[] = [];
  /** Where scripts of each frame run, the main frame first. */
  readonly #contexts = new Map<string, number>();
  readonly #closed: Promise<unknown>;
  #url = 'about:blank';

  private constructor(inspector: Inspector, context: WebkitContext) {
    super();
    this.#inspector = inspector;
    this.#context = context;
    this.#main = new WebkitFrame(inspector, () => undefined);
    inspector.on('Page.frameNavigated', ({ frame }: Navigated) => this.#follow(frame));
    inspector.on('Runtime.executionContextCreated', ({ context: made }: ExecutionContext) => {
      if (made.type === 'normal') this.#contexts.set(made.frameId, made.id);
    });
    translateEvents(inspector, this);
    this.#closed = once(inspector, 'closed');
  }

  static async open(address: string, context: WebkitContext): Promise<WebkitPage> {
    const inspector = await Inspector.connect(address);
    const page = new WebkitPage(inspector, context);
    await inspector.keep('Page.enable');
    await inspector.keep('Runtime.enable');
    // A navigation before the first document is there would be lost.
    await page.waitForFunction(() => document.readyState === 'complete');
    return page;
  }

  override on(name: string, listener: (...values: never[]) => void): this {
    const domain = DOMAINS[name];
    if (domain !== undefined) void this.#inspector.keep(domain);
    return super.on(name, listener as (...values: unknown[]) => void);
  }

  async goto(url: string): Promise<void> {
    await this.#load('Page.navigate', { url });
  }

  async reload(): Promise<void> {
    await this.#load('Page.reload', {});
  }

  evaluate(run: PageFunction, argument?: unknown): Promise<unknown> {
    return this.#main.evaluate(run, argument);
  }

  waitForFunction(run: PageFunction, argument?: unknown): Promise<void> {
    return this.#main.waitForFunction(run, argument);
  }

  async addInitScript(script: PageFunction, argument?: unknown): Promise<void> {
    this.#initScripts.push(asCall(script, argument));
    await this.#inspector.keep('Page.setBootstrapScript', { source: this.#initScripts.join(';\n') });
  }

  /** A page that has crashed does not answer. */
  async close(): Promise<void> {
    const answered = this.evaluate(() => {
      window.close();
    }).catch(() => undefined);
    await Promise.race([Promise.all([answered, this.#closed]), setTimeout(LONGEST_CLOSE_MS)]);
    this.#inspector.close();
  }

  getByTestId(name: string): WebkitLocator {
    return this.locator(`[data-testid="${name}"]`);
  }

  locator(selector: string): WebkitLocator {
    return new WebkitLocator(this.#main, selector);
  }

  content(): Promise<unknown> {
    return this.evaluate(() => document.documentElement.outerHTML);
  }

  async screenshot({ path }: { readonly path: string }): Promise<void> {
    const area = { x: 0, y: 0, width: 1280, height: 900, coordinateSystem: 'Viewport' };
    const answer = (await this.#inspector.send('Page.snapshotRect', area)) as { readonly dataURL: string };
    await writeFile(path, Buffer.from(answer.dataURL.split(',')[1] ?? '', 'base64'));
  }

  async waitForURL(isMeant: (url: URL) => boolean): Promise<void> {
    while (!isMeant(new URL(this.#url))) await once(this.#inspector, 'Page.frameNavigated');
  }

  context(): WebkitContext {
    return this.#context;
  }

  async cookies(): Promise<unknown> {
    const answer = (await this.#inspector.send('Page.getCookies')) as { readonly cookies: unknown };
    return answer.cookies;
  }

  url(): string {
    return this.#url;
  }

  mainFrame(): WebkitFrame {
    return this.#main;
  }

  frames(): WebkitFrame[] {
    const [, ...others] = this.#contexts.keys();
    return [
      this.#main,
      ...others.map((id) => new WebkitFrame(this.#inspector, () => this.#contexts.get(id))),
    ];
  }

  /** The next window that this page opens; no other event is waited for. */
  waitForEvent(): Promise<WebkitPage> {
    return this.#context.pageOpenedBy(() => Promise.resolve());
  }

  /** Every wait has its limit. */
  setDefaultTimeout(): void {
    return;
  }

  async #load(method: string, parameters: Readonly<Record<string, unknown>>): Promise<void> {
    const loaded = once(this.#inspector, 'Page.loadEventFired');
    await this.#inspector.send(method, parameters);
    await loaded;
  }

  #follow({ id, parentId, url }: Navigated['frame']): void {
    if (parentId !== undefined) return;
    this.#url = url;
    this.#contexts.clear();
    // Its own context is the default.
    this.#contexts.set(id, 0);
    this.#inspector.abandonPromises();
  }
}
