import type { ServerResponse } from 'node:http';
import type { Message } from '../tabs/servers/message.ts';
import { TokenApi } from './token-api.ts';

const COOKIE = 'session=alice';
const RESTORE_MS = 300;

/** A server that keeps the session in an HttpOnly cookie, and takes its time to restore it. */
export class CookieApi extends TokenApi {
  protected override answerAnybody(url: string, message: Message, outgoing: ServerResponse): boolean {
    if (url === '/login') {
      outgoing.setHeader('Set-Cookie', `${COOKIE}; HttpOnly; SameSite=Strict; Path=/session`);
      this.issue(outgoing);
    }
    if (url === '/session') setTimeout(() => this.#restore(message, outgoing), RESTORE_MS);
    return url === '/login' || url === '/session';
  }

  #restore({ headers }: Message, outgoing: ServerResponse): void {
    if (headers.cookie?.includes(COOKIE)) this.issue(outgoing);
    else outgoing.writeHead(401).end();
  }
}
