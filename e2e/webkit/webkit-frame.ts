import { untilTrue } from '../stage/eventually.ts';
import type { Inspector } from './inspector.ts';

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
    const contextId = this.#contextId();
    const started = await this.#send('Runtime.evaluate', {
      expression: `(async () => JSON.stringify({ value: await ${asCall(run, argument)} }))()`,
      emulateUserGesture: true,
      ...(contextId !== undefined && { contextId }),
    });
    const promiseObjectId = started.result.objectId;
    const { result } = await this.#send('Runtime.awaitPromise', { promiseObjectId, returnByValue: true });
    return (JSON.parse(result.value ?? '{}') as { value?: unknown }).value;
  }

  async waitForFunction(run: PageFunction, argument?: unknown): Promise<void> {
    // While another document comes, an evaluation fails.
    const isTrue = await untilTrue(() => this.evaluate(run, argument).catch(() => false), Boolean);
    if (!isTrue) throw new Error(`It never became true: ${run.toString()}`);
  }

  async #send(method: string, parameters: Readonly<Record<string, unknown>>): Promise<Remote> {
    const answer = (await this.#inspector.send(method, parameters)) as Remote;
    if (answer.wasThrown === true) throw new Error(answer.result.description);
    return answer;
  }
}

/** A call of a function with an argument, as text. */
export function asCall(run: PageFunction, argument: unknown): string {
  return typeof run === 'string' ? run : `(${run.toString()})(${asLiteral(argument)})`;
}

export function asLiteral(argument: unknown): string {
  return argument === undefined ? 'undefined' : JSON.stringify(argument);
}
