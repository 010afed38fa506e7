import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createPort, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { listen, LOOPBACK } from '../../tools/ports.ts';
import type { Settings } from '../stage/launch.ts';
import { type Certificate, makeCertificate } from './certificate.ts';

/** A request as it came in. */
export interface Arrival {
  /** Scheme and authority, as the browser named them. */
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  /** All header lines. */
  readonly headers: string;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Answers what arrives at an origin; null hangs up. */
export type Host = (arrival: Arrival) => Answer | null | Promise<Answer | null>;

/** The first byte of a TLS handshake: https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const HANDSHAKE = 0x16;

/** A server behind every name, port and scheme there is. Whoever has no host of their own here is evil. */
export class Town {
  readonly arrivals: Arrival[] = [];
  readonly #certificate: Certificate = makeCertificate();
  readonly #hosts = new Map<string, Host>();
  readonly #sockets = new Set<Socket>();
  readonly #port: Server;

  private constructor() {
    const answer: RequestListener = (incoming, outgoing) => void this.#serve(incoming, outgoing);
    const [plain, secure] = [createServer(answer), createTlsServer(this.#certificate, answer)];
    // What arrives in another scheme than the port usually has is heard as well.
    const receive = (socket: Socket): void => {
      socket.once('data', (bytes) => {
        socket.pause();
        socket.unshift(bytes);
        (bytes[0] === HANDSHAKE ? secure : plain).emit('connection', socket);
        process.nextTick(() => socket.resume());
      });
    };
    // A tunnel of a proxy leads here, too.
    plain.on('connect', (_, socket: Socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      receive(socket);
    });
    this.#port = createPort((socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      receive(socket);
    });
  }

  static async open(): Promise<Town> {
    const town = new Town();
    await listen(town.#port, { variable: 'no variable', port: 0 });
    return town;
  }

  /** What brings every request of a browser here: its resolver in Chromium, and elsewhere this server as a proxy. */
  get settings(): Required<Settings> {
    const { port } = this.#port.address() as AddressInfo;
    return {
      chromium: [
        '--no-proxy-server',
        `--host-resolver-rules=MAP * ${LOOPBACK}:${port}`,
        `--ignore-certificate-errors-spki-list=${this.#certificate.fingerprint}`,
      ],
      firefox: {
        'network.proxy.type': 1,
        'network.proxy.http': LOOPBACK,
        'network.proxy.http_port': port,
        'network.proxy.ssl': LOOPBACK,
        'network.proxy.ssl_port': port,
        'network.proxy.allow_hijacking_localhost': true,
      },
      webkit: [`--proxy=http://${LOOPBACK}:${port}`, '--ignore-host=none.invalid', '--ignore-tls-errors'],
    };
  }

  settle(origin: string, host: Host): void {
    this.#hosts.set(origin, host);
  }

  /** What has arrived since it was asked last. */
  takeArrivals(): readonly Arrival[] {
    return this.arrivals.splice(0);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#port.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers, rawHeaders } = incoming;
    const scheme = 'encrypted' in incoming.socket ? 'https' : 'http';
    const origin = `${scheme}://${headers.host ?? ''}`;
    const body = await text(incoming).catch(() => '');
    // A proxy is asked for a whole URL.
    const path = url.startsWith(`${origin}/`) ? url.slice(origin.length) : url;
    const arrival = { origin, method, path, headers: rawHeaders.join('\n'), body };
    this.arrivals.push(arrival);
    openToAll(incoming, outgoing);
    if (method === 'OPTIONS') {
      outgoing.writeHead(204).end();
      return;
    }
    const answer = await (this.#hosts.get(origin) ?? beEvil)(arrival);
    if (answer) outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    else outgoing.destroy();
  }
}

/** As an attacker would answer: whatever the browser asks leave for is granted. */
function openToAll({ headers }: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
  outgoing.setHeader('Access-Control-Allow-Credentials', 'true');
  outgoing.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '*');
  outgoing.setHeader('Access-Control-Expose-Headers', 'WWW-Authenticate, X-Debug');
  outgoing.setHeader('Cache-Control', 'no-store');
}

/** Asks for a token, as a rejection does, and offers some of its own. */
function beEvil(): Answer {
  return {
    status: 401,
    headers: { 'Content-Type': 'application/json', 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    body: JSON.stringify({ access_token: 'evil-access', refresh_token: 'evil-refresh', expires_in: 3600 }),
  };
}
