import { HttpBackend, type HttpEvent, HttpEventType, type HttpRequest } from '@angular/common/http';
import { Observable } from 'rxjs';
import { Sending } from './sending';

export const API = 'https://api.example.com';
export const TOKEN_ENDPOINT = `${API}/auth/token`;

/** What the token endpoint answers. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in?: number;
}

interface ServerOptions {
  /** Makes the access token number `index`; default `a0`, `a1`, … */
  readonly mint?: (index: number) => string;
  /** Life of an access token in seconds; null for an answer that does not say. */
  readonly lifeSeconds?: number | null;
}

/**
 * A server that counts. It issues `a0`/`r0`, `a1`/`r1`, …, takes only the last pair it issued, keeps what it saw,
 * and answers when a test tells it to.
 */
export class FakeServer extends HttpBackend {
  /** Every sending that reached it, in order. */
  readonly sendings: Sending[] = [];
  readonly #mint: (index: number) => string;
  readonly #lifeSeconds: number | null;
  #issued = 0;
  #accessToken: string | null = null;
  #refreshToken: string | null = null;
  #isImmediate = false;

  constructor({ mint = (index) => `a${String(index)}`, lifeSeconds = 3600 }: ServerOptions = {}) {
    super();
    this.#mint = mint;
    this.#lifeSeconds = lifeSeconds;
  }

  override handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    return new Observable((subscriber) => {
      const sending = new Sending(request, subscriber);
      this.sendings.push(sending);
      subscriber.next({ type: HttpEventType.Sent });
      if (this.#isImmediate) this.answer(sending);
      return () => {
        sending.isCancelled = sending.isOpen;
        sending.isOpen = false;
      };
    });
  }

  /** One line a sending: `GET /orders a0` for a call, `refresh r0` at the token endpoint. */
  get seen(): string[] {
    return this.sendings.map(String);
  }

  /** Sendings that have no answer yet. */
  get open(): Sending[] {
    return this.sendings.filter(({ isOpen }) => isOpen);
  }

  /** What reached the token endpoint. */
  get refreshes(): Sending[] {
    return this.sendings.filter(({ isRefresh }) => isRefresh);
  }

  /** What reached anything else. */
  get calls(): Sending[] {
    return this.sendings.filter(({ isRefresh }) => !isRefresh);
  }

  /** The latest refresh. */
  get refresh(): Sending {
    return this.#latest(this.refreshes, 'refresh');
  }

  /** The latest call. */
  get call(): Sending {
    return this.#latest(this.calls, 'call');
  }

  /** Issues the next pair; the one before is no longer taken. */
  issueTokens(): TokenAnswer {
    const index = this.#issued++;
    this.#accessToken = this.#mint(index);
    this.#refreshToken = `r${String(index)}`;
    const life = this.#lifeSeconds === null ? {} : { expires_in: this.#lifeSeconds };
    return { access_token: this.#accessToken, refresh_token: this.#refreshToken, ...life };
  }

  /** Takes no access token before the next refresh. */
  expireAccessToken(): void {
    this.#accessToken = null;
  }

  /** Takes no refresh token any more. */
  revoke(): void {
    this.#refreshToken = null;
  }

  /** Answers each sending within the call that sends it, from now on. */
  answerImmediately(): void {
    this.#isImmediate = true;
  }

  /** Answers what is open, and what follows from that, as an honest server. */
  answerAll(): void {
    for (let open = this.open; open.length; open = this.open) {
      for (const sending of open) this.answer(sending);
    }
  }

  /** Grants every refresh, rejects every token, and goes on until nothing is open. */
  rejectAll(): void {
    for (let [first] = this.open; first; [first] = this.open) {
      if (first.isRefresh) first.succeed(this.issueTokens());
      else first.reject();
    }
  }

  /** Answers one sending as an honest server. */
  answer(sending: Sending): void {
    if (sending.isRefresh) {
      if (sending.token === this.#refreshToken) sending.succeed(this.issueTokens());
      else sending.fail(400, { body: { error: 'invalid_grant' } });
    } else if (sending.token !== null && sending.token === this.#accessToken) {
      sending.succeed(String(sending));
    } else {
      sending.reject();
    }
  }

  #latest(sendings: Sending[], name: string): Sending {
    const latest = sendings.at(-1);
    if (!latest) throw new Error(`The server saw no ${name}.`);
    return latest;
  }
}
