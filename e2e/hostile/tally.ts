/** What came of many tries. */
export class Tally {
  tried = 0;
  /** How many requests arrived where no token has business. */
  arrived = 0;
  /** The tries by which a token came there. */
  readonly leaked: string[] = [];
  readonly #what: string;

  constructor(what: string) {
    this.#what = what;
  }

  add(name: string, { arrived, leaked }: { readonly arrived: number; readonly leaked: number }): void {
    this.tried += 1;
    this.arrived += arrived;
    if (leaked > 0) this.leaked.push(name);
  }

  toString(): string {
    return `${this.#what} tried: ${this.tried}; requests that arrived: ${this.arrived}; tokens leaked: ${this.leaked.length}`;
  }
}
