/** A request to a refresh endpoint. */
export interface RefreshEntry {
  readonly username: string | null;
  readonly spent: string | null;
  /** Null until the server has answered; 499 where the tab left before the server had it. */
  status: number | null;
  /** Whether the answer went out to the tab. */
  isDelivered: boolean;
}

/** A call to the API. */
export interface CallEntry {
  readonly username: string | null;
  readonly token: string | null;
  status: number | null;
  readonly at: number;
}

/** The status of a refresh that never came to the server. */
export const LEFT = 499;

const REFUSALS: readonly (number | null)[] = [400, 401, 403];

/** Everything that went over the wire, and whose each token is. */
export class WireLog {
  readonly #owners = new Map<string, string>();
  readonly refreshes: RefreshEntry[] = [];
  readonly calls: CallEntry[] = [];
  #newest: string | null = null;
  #mostAtOnce = 0;

  /** How many refreshes brought tokens. */
  get succeeded(): number {
    return this.refreshes.filter(({ status }) => status === 200).length;
  }

  get refused(): number {
    return this.refreshes.filter(({ status }) => REFUSALS.includes(status)).length;
  }

  /** How many times a token was sent once more that the server exchanged for new ones, before or after. */
  get reuses(): number {
    const exchanged = this.refreshes.filter(({ status }) => status === 200);
    const tokens = new Set(exchanged.map(({ spent }) => spent));
    const answered = this.refreshes.filter(({ status }) => status !== null && status !== LEFT);
    return answered.filter(({ spent }) => tokens.has(spent)).length - tokens.size;
  }

  /** How many refreshes sent a token that the server had refused before. */
  get resent(): number {
    const refused = new Set<string | null>();
    return this.refreshes.filter(({ spent, status }) => {
      const isAgain = refused.has(spent);
      if (REFUSALS.includes(status)) refused.add(spent);
      return isAgain;
    }).length;
  }

  /** How many refreshes were ever under way at once. */
  get mostAtOnce(): number {
    return this.#mostAtOnce;
  }

  /** The access token handed out last. */
  get newest(): string | null {
    return this.#newest;
  }

  /** Every token that was ever handed out. */
  get tokens(): readonly string[] {
    return [...this.#owners.keys()];
  }

  /** Who called, in order of arrival: `['200 clerk', '401 clerk']`. */
  get story(): string[] {
    return this.calls.map(({ status, username }) => `${status ?? '-'} ${username ?? 'nobody'}`);
  }

  /** Counts begin anew; whose each token is stays known. */
  forget(): void {
    this.refreshes.length = 0;
    this.calls.length = 0;
    this.#mostAtOnce = 0;
  }

  signIn(username: string, tokens: readonly string[]): void {
    this.#keep(username, tokens);
  }

  refresh(spent: string | null): RefreshEntry {
    const entry = { username: this.#ownerOf(spent), spent, status: null, isDelivered: false };
    this.refreshes.push(entry);
    const underWay = this.refreshes.filter(({ status }) => status === null).length;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, underWay);
    return entry;
  }

  answerRefresh(entry: RefreshEntry, status: number, tokens: readonly string[]): void {
    entry.status = status;
    if (entry.username !== null) this.#keep(entry.username, tokens);
  }

  call(token: string | null): CallEntry {
    const entry = { username: this.#ownerOf(token), token, status: null, at: Date.now() };
    this.calls.push(entry);
    return entry;
  }

  #keep(username: string, tokens: readonly string[]): void {
    for (const token of tokens) this.#owners.set(token, username);
    this.#newest = tokens[0] ?? this.#newest;
  }

  #ownerOf(token: string | null): string | null {
    return (token !== null && this.#owners.get(token)) || null;
  }
}
