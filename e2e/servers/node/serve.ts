import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { LOOPBACK } from '../../../tools/ports.ts';
import { jsonOf, readMessage } from '../../tabs/servers/message.ts';
import { environment } from './environment.ts';

export interface Levers {
  /** The next POST or GET of it answers 429 after the lever `throttle`. */
  readonly refreshPath: string;
  /** Revokes all refresh tokens of a user. */
  revoke(user: string): unknown;
  deleteUser(user: string): unknown;
  /** Makes the next refresh exceed the limit of the server itself. By default a throttle in front of it answers. */
  throttle?(): unknown;
}

/** Serves a server and its test levers, until the harness closes stdin. */
export function serve(handler: RequestListener, levers: Levers): void {
  const throttle = { isOn: false };
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.split('?')[0] ?? '/';
    if (path.startsWith('/levers/')) {
      void pull(path.slice('/levers/'.length), { incoming, outgoing, levers, throttle });
    } else if (throttle.isOn && path === levers.refreshPath && incoming.method !== 'OPTIONS') {
      throttle.isOn = false;
      answerTooMany(outgoing);
    } else handler(incoming, outgoing);
  });
  server.listen(Number(environment('PORT')), LOOPBACK);
  process.stdin.once('close', () => process.exit()).resume();
}

interface Pull {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly levers: Levers;
  readonly throttle: { isOn: boolean };
}

async function pull(lever: string, { incoming, outgoing, levers, throttle }: Pull): Promise<void> {
  const user = String(jsonOf(await readMessage(incoming))['user']);
  if (lever === 'throttle' && levers.throttle) levers.throttle();
  else if (lever === 'throttle') throttle.isOn = true;
  else if (lever === 'revoke') await levers.revoke(user);
  else if (lever === 'delete-user') await levers.deleteUser(user);
  else {
    outgoing.writeHead(404).end();
    return;
  }
  outgoing.writeHead(204).end();
}

/** As a throttle in front of the server does. */
function answerTooMany(outgoing: ServerResponse): void {
  outgoing.writeHead(429, {
    'Access-Control-Allow-Origin': environment('ORIGIN'),
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'Retry-After',
    'Retry-After': '1',
    Vary: 'Origin',
  });
  outgoing.end();
}
