import type { Answer } from '../tabs/servers/message.ts';
import { refreshesOf } from './exchanges.ts';
import type { SignedIn } from './page/contract.ts';
import type { DeadToken } from './server.ts';
import { bodyOf, charactersOf, code, lifeOf, signInFields } from './shapes.ts';
import type { Stage } from './stage.ts';

const NOT_SENT = 'not sent';
const NOTABLE_HEADERS = ['WWW-Authenticate', 'Retry-After', 'Date'];
const LOOPBACK_ORIGIN = /http:\/\/127\.0\.0\.1:\d+/g;

/** The measurements of one server, in the words of the tables in docs/servers.md. */
export class Observations {
  readonly #stage: Stage;
  readonly #dead = new Map<DeadToken, string>();
  /** The answer to the first call of each user: `200 alice`. */
  readonly signIns: string[] = [];
  #signIn = { fields: '', life: '', access: '', refresh: '' };
  #refresh = '';
  #expired = '';
  #headers = '';
  #retryAfter = '';

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  get name(): string {
    return this.#stage.found.server.name;
  }

  readSignIn(tokens: readonly SignedIn[]): void {
    const { found, wire } = this.#stage;
    const answer = wire.exchanges.find(({ path }) => path === found.server.signIn.path)?.answer;
    const [first] = tokens;
    if (!answer || !first) throw new Error(`Nobody signed in at ${found.server.name}.`);
    this.#signIn = {
      fields: signInFields(answer),
      life: lifeOf(answer, first.accessToken),
      access: charactersOf(tokens.map(({ accessToken }) => accessToken)),
      refresh: charactersOf(tokens.flatMap(({ refreshToken }) => refreshToken ?? [])),
    };
  }

  /** After a refresh that succeeded. */
  readRefresh(): void {
    const [refresh] = refreshesOf(this.#stage);
    this.#refresh = refresh ? code(`${refresh.method} ${refresh.path}`) : NOT_SENT;
  }

  /** After a call with an expired access token. */
  readExpired(): void {
    const { rejectionStatus = 401 } = this.#stage.found.server;
    const rejected = this.#stage.wire.exchanges.find(
      ({ answer }) => answer?.status === rejectionStatus,
    )?.answer;
    if (!rejected) return;
    const challenge = rejected.headers['www-authenticate'] ?? 'no WWW-Authenticate';
    this.#expired = `${rejectionStatus} ${code(challenge.replace(LOOPBACK_ORIGIN, 'https://api.example.com'))}`;
  }

  readHeaders(readable: readonly string[]): void {
    const names = NOTABLE_HEADERS.filter((name) => readable.includes(name.toLowerCase()));
    this.#headers = names.map(code).join(', ') || 'none';
  }

  /** After a refresh that was throttled. */
  readThrottled(): void {
    const answer = refreshesOf(this.#stage)[0]?.answer;
    const value = answer?.headers['retry-after'] ?? '';
    if (answer) this.#retryAfter = `${answer.status} ${code(`Retry-After: ${value}`)}`;
  }

  /** After a refresh with a dead token. */
  readDead(dead: DeadToken): void {
    const [refresh] = refreshesOf(this.#stage);
    this.#dead.set(dead, refresh?.answer ? deadCell(refresh.answer) : NOT_SENT);
  }

  /** One row for each table. */
  async rows(): Promise<readonly string[][]> {
    const { server } = this.#stage.found;
    const { unavailable = {} } = server;
    const { fields, life, access, refresh } = this.#signIn;
    const dead = (kind: DeadToken, reason: string | undefined) => this.#dead.get(kind) ?? reason ?? '';
    return [
      [server.name, await server.version(), fields, access, refresh, life, this.#refresh],
      [
        server.name,
        dead('spent', unavailable.spent),
        dead('revoked', unavailable.revoke),
        dead('garbage', unavailable.garbage),
        dead('deleted', unavailable['delete-user']),
        dead('absent', unavailable.absent),
      ],
      [server.name, this.#expired, this.#headers, this.#retryAfter || (unavailable.throttle ?? '')],
    ];
  }
}

function deadCell(answer: Answer): string {
  return `${answer.status} ${bodyOf(answer)}`;
}
