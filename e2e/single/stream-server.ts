import type { ServerResponse } from 'node:http';
import { jsonOf, type Message } from '../tabs/servers/message.ts';
import { TokenApi } from './token-api.ts';

const EVENTS_A_STREAM = 2;

/** A server with orders, and with streams that end after a few events. */
export class StreamServer extends TokenApi {
  #events = 0;

  protected override answerUser(url: string, message: Message, outgoing: ServerResponse): void {
    if (url === '/events') this.#stream(outgoing);
    else outgoing.end(JSON.stringify({ ordered: jsonOf(message)['item'] }));
  }

  /** The token expires while the stream is open. */
  #stream(outgoing: ServerResponse): void {
    outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (let index = 0; index < EVENTS_A_STREAM; index++) outgoing.write(`data: event ${++this.#events}\n\n`);
    this.expire();
    outgoing.end();
  }
}
