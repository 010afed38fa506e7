import type { Locator, Page } from 'playwright-core';
import { eventually, eventuallyMatches } from './eventually.ts';

export type LaneState = 'sent' | 'rejected' | 'held' | 'replayed' | 'done' | 'failed';

/** What the timeline shows at a glance. */
export interface Burst {
  readonly headline: string;
  /** How many lanes are in each state. */
  readonly lanes: Partial<Record<LaneState, number>>;
  /** How each refresh on show stands: `running`, `refreshed`, `unavailable`, `refused` or `stopped`. */
  readonly refreshes: readonly string[];
}

type Drawing = Burst & { readonly moving: string };

/** The demo, as the person in front of it uses it. */
export class DemoPage {
  readonly #page: Page;
  readonly #origin: string;

  constructor(page: Page, origin: string) {
    this.#page = page;
    this.#origin = origin;
  }

  async open(address: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#page.goto(`${this.#origin}/?${new URLSearchParams(address).toString()}`);
  }

  /** What has this `data-testid`. */
  part(name: string): Locator {
    return this.#page.getByTestId(name);
  }

  async signIn(username: 'clerk' | 'manager'): Promise<void> {
    await this.part('username').fill(username);
    await this.part('password').fill(`${username}-pass`);
    await this.part('sign-in').click();
  }

  /** Pulls the lever in the page and waits until the server has said that it did. */
  async expireTokens(): Promise<void> {
    await this.part('expire').click();
    await eventuallyMatches(() => this.textOf('lever-pulled'), /^Expired at the server/);
  }

  async send(count: 1 | 6 | 50): Promise<void> {
    await this.part(`send-${count}`).click();
  }

  /** Waits until the timeline shows this and nothing on it moves any more. */
  settlesOn(expected: Partial<Burst>): Promise<void> {
    return this.#shows({ ...expected, moving: 'false' });
  }

  /** Waits until the timeline shows this while something on it still moves. */
  movesOn(expected: Partial<Burst>): Promise<void> {
    return this.#shows({ ...expected, moving: 'true' });
  }

  /** The phases that each call went through, by its method and path. */
  phases(): Promise<Record<string, string[]>> {
    return this.#page.locator('demo-lane-table tbody tr').evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => {
          const [request = '', ...cells] = [...row.children].map((cell) => cell.textContent.trim());
          const names = ['sent', 'rejected', 'held', 'replayed'];
          return [request, [...names.filter((_, index) => cells[index] !== '–'), cells.at(-1) ?? '']];
        }),
      ),
    );
  }

  /** What the session told, the latest last. */
  async events(): Promise<string[]> {
    const types = await this.part('event').evaluateAll((rows) =>
      rows.map((row) => row.getAttribute('data-type')),
    );
    return types.map(String).reverse();
  }

  /** The figures of the server as the page shows them. */
  async counters(): Promise<Record<string, string>> {
    const names = ['requests', 'rejections', 'refreshes', 'applications'];
    const figures = await Promise.all(names.map((name) => this.textOf(`counter-${name}`)));
    return Object.fromEntries(names.map((name, index) => [name, figures[index] ?? '']));
  }

  /** How many of the six cards are in each state. */
  cards(): Promise<Record<string, number>> {
    return this.#page.locator('[data-testid^=card-]').evaluateAll((cards) => {
      const counts: Record<string, number> = {};
      for (const card of cards as HTMLElement[]) {
        const state = card.dataset['state'] ?? 'none';
        counts[state] = (counts[state] ?? 0) + 1;
      }
      return counts;
    });
  }

  /** The text of a part, or nothing where the part is not on the page. */
  async textOf(name: string): Promise<string> {
    const texts = await this.part(name).allTextContents();
    return texts.join(' ').replaceAll(/\s+/g, ' ').trim();
  }

  /** What the page has put into both storages; that a session is over stays there, and no more of it. */
  async stored(): Promise<string[]> {
    const entries = await this.#page.evaluate(() =>
      [localStorage, sessionStorage].flatMap((storage) =>
        Array.from({ length: storage.length }, (_, index) => storage.getItem(storage.key(index) ?? '') ?? ''),
      ),
    );
    const end = /^(\d+|\{"id":"[^"]+","version":0,"isOver":true(,"isMirror":true,"tokens":\{\})?\})$/;
    return entries.filter((entry) => !end.test(entry));
  }

  async #shows(expected: Partial<Drawing>): Promise<void> {
    const names = Object.keys(expected) as (keyof Drawing)[];
    const look = async () => {
      const drawing = await this.#drawing();
      return Object.fromEntries(names.map((name) => [name, drawing[name]]));
    };
    await eventually<object>(look, expected);
  }

  // One look at the whole, for what changes between two looks would make a picture that never was.
  #drawing(): Promise<Drawing> {
    return this.#page.getByTestId('timeline').evaluate((timeline) => {
      const all = (name: string) => [...timeline.querySelectorAll<HTMLElement>(`[data-testid=${name}]`)];
      const lanes: Partial<Record<string, number>> = {};
      for (const { dataset } of all('lane')) {
        const state = dataset['state'] ?? 'none';
        lanes[state] = (lanes[state] ?? 0) + 1;
      }
      return {
        headline: all('headline')
          .map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim())
          .join(),
        lanes,
        refreshes: all('refresh-bar').map(({ dataset }) => dataset['state'] ?? 'none'),
        moving: timeline.dataset['moving'] ?? 'none',
      };
    });
  }
}
