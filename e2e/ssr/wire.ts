import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** A request that this process has sent with `fetch`. */
export interface Sending {
  readonly url: string;
  /** What its `Authorization` header holds; null without one. */
  readonly authorization: string | null;
}

/** What Node tells of a request, when it is made: also of one that no host takes. */
interface Told {
  readonly request: {
    readonly origin: string;
    readonly path: string;
    readonly headers: string | readonly string[];
  };
}

/** Hears every request that this process sends with `fetch`, whatever sends it. */
export class Wire {
  readonly sent: Sending[] = [];
  /** The most requests at a time that had no answer yet. */
  busiest = 0;
  #open = 0;

  constructor() {
    subscribe('undici:request:create', this.#begin);
    subscribe('undici:request:headers', this.#end);
  }

  /** All that went to one origin. */
  to(origin: string): readonly Sending[] {
    return this.sent.filter(({ url }) => new URL(url).origin === origin);
  }

  /** All that carried a token. */
  withToken(): readonly Sending[] {
    return this.sent.filter(({ authorization }) => authorization !== null);
  }

  forget(): void {
    this.sent.length = 0;
    this.busiest = 0;
  }

  close(): void {
    unsubscribe('undici:request:create', this.#begin);
    unsubscribe('undici:request:headers', this.#end);
  }

  readonly #begin = (message: unknown): void => {
    const { origin, path, headers } = (message as Told).request;
    const lines = typeof headers === 'string' ? headers.split('\r\n') : pairs(headers);
    const line = lines.find((each) => /^authorization:/i.test(each)) ?? null;
    this.sent.push({ url: origin + path, authorization: line && line.slice('authorization: '.length) });
    this.busiest = Math.max(this.busiest, (this.#open += 1));
  };

  readonly #end = (): void => {
    this.#open -= 1;
  };
}

/** Names and values stand in turn. */
function pairs(headers: readonly string[]): string[] {
  return headers.flatMap((name, index) => (index % 2 === 0 ? `${name}: ${headers[index + 1] ?? ''}` : []));
}
