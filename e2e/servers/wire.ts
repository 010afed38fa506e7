import { Checkpoint } from '../tabs/servers/checkpoint.ts';
import { bearerOf, type Answer, type Message } from '../tabs/servers/message.ts';
import { ReverseProxy, type Passage } from '../tabs/servers/reverse-proxy.ts';

/** A request and its answer. */
export interface Exchange {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly request: Message;
  /** Null until the server has answered; stays null if it is down. */
  answer: Answer | null;
  /** When it had answered, in milliseconds of this process. */
  answeredAt: number;
}

type Filter = (exchange: Exchange, url: string) => boolean;

/** A reverse proxy between the page and a server: records everything, and holds messages back. */
export class Wire extends ReverseProxy {
  readonly exchanges: Exchange[] = [];
  #requestStop: { readonly matches: Filter; readonly checkpoint: Checkpoint } | null = null;
  #answerStop: { readonly matches: Filter; readonly checkpoint: Checkpoint } | null = null;

  static async open(): Promise<Wire> {
    // The server is killed and started again.
    const wire = new Wire({ keepAlive: false });
    await wire.listen();
    return wire;
  }

  /** All that requests of the record sent. */
  get accessTokens(): string[] {
    return [...new Set(this.exchanges.flatMap(({ request }) => bearerOf(request) ?? []))];
  }

  /** The record begins anew. */
  forget(): void {
    this.exchanges.length = 0;
  }

  /** Holds the next matching request back. */
  holdRequest(matches: Filter): Checkpoint {
    const checkpoint = new Checkpoint();
    this.#requestStop = { matches, checkpoint };
    return checkpoint;
  }

  /** Holds the next answer to a matching request back. */
  holdAnswer(matches: Filter): Checkpoint {
    const checkpoint = new Checkpoint();
    this.#answerStop = { matches, checkpoint };
    return checkpoint;
  }

  protected async carry({ method, url, path, message, outgoing, left, respond }: Passage): Promise<void> {
    const exchange: Exchange = { method, path, request: message, answer: null, answeredAt: Infinity };
    if (method !== 'OPTIONS') this.exchanges.push(exchange);
    if (this.#requestStop?.matches(exchange, url)) await this.#requestStop.checkpoint.pass(left);
    const answer = await respond();
    exchange.answer = answer;
    exchange.answeredAt = performance.now();
    if (this.#answerStop?.matches(exchange, url)) await this.#answerStop.checkpoint.pass(left);
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }
}
