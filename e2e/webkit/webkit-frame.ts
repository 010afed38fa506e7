import { setTimeout } from 'node:timers/promises';
import type { Inspector } from './inspector.ts';

const LOOK_EVERY_MS = 20;
const LONGEST_WAIT_MS = 10_000;

/** Runs in the page as text, so that it must stand alone. */
export type PageFunction = ((...values: never[]) => unknown) | string;

interface Remote {
  readonly result: { readonly objectId?: string; readonly value?: string; readonly description?: string };
  readonly wasThrown?: boolean;
}

/** A document of a page. */
export class WebkitFrame {
  readonly #inspector: Inspector;
  readonly #contextId: () => number | undefined;

  /** @param contextId where scripts of the frame run; undefined for the main frame */
  constructor(inspector: Inspector, contextId: () => number | undefined) {
    this.#inspector = inspector;
    this.#contextId = contextId;
  }

  async evaluate(run: PageFunction, argument?: unknown): Promise<unknown> {
    const call = typeof run === 'string' ? run : `(${run.toString()})(${asLiteral(argument)})`;
    const contextId = this.#contextId();
    const started = await this.#send('Runtime.evaluate', {
      expression: `(async () => JSON.stringify({ value: await ${call} }))()`,
      emulateUserGesture: true,
      ...(contextId !== undefined && { contextId }),
    });
    const promiseObjectId = started.result.objectId;
    const { result } = await this.#send('Runtime.awaitPromise', { promiseObjectId, returnByValue: true });
    return (JSON.parse(result.value ?? '{}') as { value?: unknown }).value;
  }

  async waitForFunction(run: PageFunction, argument?: unknown): Promise<void> {
    const deadline = performance.now() + LONGEST_WAIT_MS;
    // While another document comes, an evaluation fails.
    while (!(await this.evaluate(run, argument).catch(() => false))) {
      if (performance.now() > deadline) throw new Error(`It never became true: ${run.toString()}`);
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  async #send(method: string, parameters: Readonly<Record<string, unknown>>): Promise<Remote> {
    const answer = (await this.#inspector.send(method, parameters)) as Remote;
    if (answer.wasThrown === true) throw new Error(answer.result.description);
    return answer;
  }
}

export function asLiteral(argument: unknown): string {
  return argument === undefined ? 'undefined' : JSON.stringify(argument);
}
