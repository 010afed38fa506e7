import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { BrowserContext, ConsoleMessage, Page, Request, Response } from 'playwright-core';
import { isBrowserLine } from './browser-lines.ts';

const TOKEN_ENDPOINTS = /\/(login|auth|oauth\/token|cookie\/refresh)$/;
const JWT = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g;
const REFRESH_TOKEN = /\brefresh_token(?:":"|=)([^"&]+)/g;

const IN_FULL = { depth: null, maxArrayLength: null, maxStringLength: null, breakLength: Infinity };

/** Hears everything a page says and sends, to hold it to what holds on every journey. */
export class Witness {
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #said: string[] = [];
  readonly #saidInFull: Promise<string>[] = [];
  readonly #problems: string[] = [];
  readonly #requests: Request[] = [];
  readonly #sent: string[] = [];
  readonly #answered: Promise<string>[] = [];

  constructor(page: Page) {
    this.#page = page;
    this.#context = page.context();
    page.on('console', (message) => this.#hear(message));
    page.on('pageerror', (error) => this.#keepError(error));
    page.on('request', (request) => this.#keepRequest(request));
    page.on('response', (response) => this.#keepAnswer(response));
  }

  /** Every line of the console and every uncaught error so far. */
  transcript(): string {
    return [...this.#said, ...this.#problems].join('\n');
  }

  /** How the browser was asked for what went to these addresses: `fetch` or `xhr`. */
  kindsOfRequest(address: string): string[] {
    const kinds = this.#requests
      .filter((request) => request.url().startsWith(address))
      .map((request) => request.resourceType());
    return [...new Set(kinds)].filter((kind) => kind !== 'eventsource' && kind !== 'preflight').sort();
  }

  /** The console holds the browser's own lines about answers that the journey expects, and nothing else. */
  assertQuietConsole(expectedLines: readonly RegExp[]): void {
    const surprising = this.#said.filter((line) => !expectedLines.some((expected) => expected.test(line)));
    assert.deepEqual([...surprising, ...this.#problems], []);
  }

  /** No token stands where a person, a log or another site could read it. */
  async assertNoTokenShown(): Promise<void> {
    const tokens = await this.tokens();
    const places: Record<string, string> = {
      'the console': [this.transcript(), ...(await Promise.all(this.#saidInFull))].join('\n'),
      'an address': this.#requests.map((request) => request.url()).join('\n'),
      'the history': await this.#page.evaluate(() => location.href + JSON.stringify(history.state)),
      'the document': await this.#page.evaluate(visibleTexts),
    };
    for (const [place, text] of Object.entries(places)) {
      assert.deepEqual(text.match(JWT) ?? [], [], `a token stands in ${place}`);
      assert.ok(!tokens.some((token) => text.includes(token)), `a token stands in ${place}`);
    }
  }

  /** All tokens that went over the wire, or lie in a cookie. */
  async tokens(): Promise<readonly string[]> {
    const wire = [...this.#sent, ...(await Promise.all(this.#answered))].join('\n');
    const cookies = (await this.#context.cookies()).filter(({ httpOnly }) => httpOnly);
    const tokens = [
      ...(wire.match(JWT) ?? []),
      ...[...wire.matchAll(REFRESH_TOKEN)].flatMap(([, token]) => token ?? []),
      ...cookies.map(({ value }) => value),
    ];
    return [...new Set(tokens)];
  }

  #hear(message: ConsoleMessage): void {
    const { url } = message.location();
    this.#said.push(`${message.type()}: ${message.text()}${url ? ` (${url})` : ''}`);
    // Of an object the text holds a preview only, too short for a token.
    const values = message.args().map((argument) => argument.jsonValue().catch(() => ''));
    this.#saidInFull.push(Promise.all(values).then((all) => inspect(all, IN_FULL)));
  }

  #keepError(error: Error): void {
    if (!isBrowserLine(String(error))) this.#problems.push(`uncaught: ${String(error.stack ?? error)}`);
  }

  #keepRequest(request: Request): void {
    this.#requests.push(request);
    this.#sent.push(request.headers()['authorization'] ?? '');
    if (TOKEN_ENDPOINTS.test(request.url())) this.#sent.push(request.postData() ?? '');
  }

  #keepAnswer(response: Response): void {
    if (!TOKEN_ENDPOINTS.test(response.url())) return;
    // The browser may have let go of a body: of one that the page gave up, or of a page that was left.
    this.#answered.push(response.text().catch(() => ''));
  }
}

function visibleTexts(): string {
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')];
  return [document.documentElement.outerHTML, ...fields.map(({ value }) => value)].join('\n');
}
