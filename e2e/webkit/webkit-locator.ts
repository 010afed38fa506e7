import { untilTrue } from '../stage/eventually.ts';
import { PageLeft } from './inspector.ts';
import { asLiteral, type PageFunction, type WebkitFrame } from './webkit-frame.ts';

/** The part of Playwright's `Locator` that the specs use. Scripts do here what hands do: WebKit has no input by its inspector. */
export class WebkitLocator {
  readonly #frame: WebkitFrame;
  readonly #selector: string;

  constructor(frame: WebkitFrame, selector: string) {
    this.#frame = frame;
    this.#selector = selector;
  }

  evaluateAll(run: PageFunction, argument?: unknown): Promise<unknown> {
    const found = `[...document.querySelectorAll(${JSON.stringify(this.#selector)})]`;
    return this.#frame.evaluate(`(${run.toString()})(${found}, ${asLiteral(argument)})`);
  }

  async evaluate(run: PageFunction, argument?: unknown): Promise<unknown> {
    await this.waitFor();
    return this.evaluateAll(`([first], argument) => (${run.toString()})(first, argument)`, argument);
  }

  async waitFor(): Promise<void> {
    const found = await untilTrue(
      () => this.count().catch(() => 0),
      (count) => count > 0,
    );
    if (found === 0) throw new Error(`There is no ${this.#selector}.`);
  }

  async count(): Promise<number> {
    return Number(await this.evaluateAll((all: Element[]) => all.length));
  }

  allTextContents(): Promise<unknown> {
    return this.evaluateAll((all: Element[]) => all.map(({ textContent }) => textContent));
  }

  inputValue(): Promise<unknown> {
    return this.evaluate((field: HTMLInputElement) => field.value);
  }

  /** As a hand, it waits until the button can be clicked. */
  async click(): Promise<void> {
    await this.waitFor();
    const isDisabled = await untilTrue(
      () => this.evaluate((button: HTMLButtonElement) => button.disabled),
      (disabled) => !disabled,
    );
    if (isDisabled) throw new Error(`${this.#selector} stays disabled.`);
    const clicked = this.evaluate((button: HTMLElement) => {
      button.click();
    });
    // A click may lead to another page.
    await clicked.catch((error: unknown) => {
      if (!(error instanceof PageLeft)) throw error;
    });
  }

  async fill(text: string): Promise<void> {
    await this.evaluate(writeInto, text);
  }

  async selectOption(value: string): Promise<void> {
    await this.evaluate(writeInto, value);
  }
}

// The page runs this as text, so that it must stand alone.
function writeInto(field: HTMLInputElement, text: string): void {
  field.value = text;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
}
