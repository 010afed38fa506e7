import type { Answer, Arrival } from './town.ts';

/** How a refresh is answered; a function has the say for itself. */
export type RefreshAnswer = (spent: string) => Answer | null | Promise<Answer | null>;

export const API = 'https://api.example.com';
export const REFRESH_PATH = '/v1/refresh';

/** In every token that is handed out, good or not. */
export const CANARY = 'canary';

const JSON_CONTENT = { 'Content-Type': 'application/json' };

/** The API that is allowed to see tokens, and hands them out. */
export class Api {
  /** @default hands out the next pair */
  refreshAnswer: RefreshAnswer | null = null;
  /** Where `/v1/redirect` leads. */
  redirect: Answer = { status: 500 };
  #issued = 0;
  #isExpired = false;

  /** The answer of a login. */
  issue(): Readonly<Record<string, unknown>> {
    this.#issued += 1;
    this.#isExpired = false;
    return {
      access_token: `${CANARY}-access-${this.#issued}`,
      refresh_token: `${CANARY}-refresh-${this.#issued}`,
      expires_in: 3600,
    };
  }

  /** The tokens that are out stop working. */
  expire(): void {
    this.#isExpired = true;
  }

  readonly answer = (arrival: Arrival): Answer | null | Promise<Answer | null> => {
    if (arrival.path.startsWith('/v1/redirect')) return this.redirect;
    if (arrival.path === REFRESH_PATH) {
      return this.refreshAnswer ? this.refreshAnswer(arrival.body) : json(200, this.issue());
    }
    const current = `${CANARY}-access-${this.#issued}`;
    const isGood = !this.#isExpired && arrival.headers.includes(current);
    return isGood ? json(200, { done: true }) : json(401, { error: 'invalid_token' });
  };
}

export function json(status: number, body: unknown): Answer {
  return { status, headers: JSON_CONTENT, body: JSON.stringify(body) };
}
