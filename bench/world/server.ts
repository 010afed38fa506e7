import { issueToken, userIn } from './tokens.ts';

export const API = 'https://api.example.com';
export const REFRESH_URL = `${API}/auth`;

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | null;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export type AnswerRefresh = 'renew' | 'refuse' | 'fail' | 'never' | 'empty';

interface Waiting {
  readonly sent: Sent;
  readonly answer: (answer: Answer) => void;
}

/**
 * The API that every adapter talks to. It knows one good token a user and answers 401 to any other. It answers
 * at once, or, told to wait, when `answerAll` is called.
 */
export class Server {
  waits = false;
  /** Even while everything else waits. */
  answersRefreshAtOnce = false;
  onRefresh: AnswerRefresh = 'renew';
  /** Answers to everything but the refresh, in place of the server's own. */
  script: ((sent: Sent) => Answer | null) | null = null;
  readonly refreshes: Sent[] = [];
  last: Sent | null = null;
  sendings = 0;
  #waiting = new Set<Waiting>();
  #good = new Map<string, string>();
  /** Looking into a token takes longer than what is measured. */
  #users = new Map<string | null, string | null>();
  #issued = 0;

  /** A token that is good until the next is issued. */
  issue(user = 'ann'): string {
    const token = issueToken(user, (this.#issued += 1));
    this.#good.set(user, token);
    return token;
  }

  /** From now on every token a user holds is rejected. */
  expire(user = 'ann'): void {
    this.#good.set(user, 'none');
  }

  get waiting(): readonly Sent[] {
    return [...this.#waiting].map(({ sent }) => sent);
  }

  /** Takes a request; returns how to withdraw it. */
  receive(sent: Sent, answer: (answer: Answer) => void): () => void {
    this.last = sent;
    this.sendings += 1;
    if (sent.url === REFRESH_URL) this.refreshes.push(sent);
    if (!this.waits || (this.answersRefreshAtOnce && sent.url === REFRESH_URL)) {
      const ready = this.#answerTo(sent);
      if (ready) answer(ready);
      return nothing;
    }
    const waiting = { sent, answer };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  /** Answers what waits now, in order, where it is chosen; returns how many those were. */
  answerAll(isChosen: (sent: Sent) => boolean = () => true): number {
    let answered = 0;
    for (const waiting of [...this.#waiting]) {
      const ready = isChosen(waiting.sent) && this.#waiting.has(waiting) && this.#answerTo(waiting.sent);
      if (!ready) continue;
      this.#waiting.delete(waiting);
      waiting.answer(ready);
      answered += 1;
    }
    return answered;
  }

  #answerTo(sent: Sent): Answer | null {
    if (sent.url === REFRESH_URL) return this.#refresh(sent);
    const scripted = this.script?.(sent);
    if (scripted) return scripted;
    const user = this.#userOf(sent);
    const isGood = user !== null && sent.authorization === `Bearer ${this.#good.get(user) ?? ''}`;
    return isGood ? { status: 200, body: { user } } : { status: 401 };
  }

  #userOf({ authorization }: Sent): string | null {
    const known = this.#users.get(authorization);
    if (known !== undefined) return known;
    const user = userIn(authorization);
    this.#users.set(authorization, user);
    return user;
  }

  #refresh(sent: Sent): Answer | null {
    switch (this.onRefresh) {
      case 'renew':
        return { status: 200, body: { access_token: this.issue(this.#userOf(sent) ?? 'ann') } };
      case 'refuse':
        return { status: 401 };
      case 'fail':
        return { status: 503 };
      case 'empty':
        return { status: 204, body: null };
      case 'never':
        return null;
    }
  }
}

function nothing(): void {
  // An answered request cannot be withdrawn.
}
