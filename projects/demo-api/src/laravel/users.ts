/** A row of the table `users`. */
export interface LaravelUser {
  readonly id: number;
  readonly name: string;
  readonly email: string;
}

/** The ids of the users that were deleted: the only thing about users that changes. */
export type DeletedIds = number[];

/** The users of a Laravel application. The password of each is the name followed by `-pass`. */
export class LaravelUsers {
  readonly #users: readonly LaravelUser[];
  readonly #deleted: DeletedIds;

  constructor(names: readonly string[], deleted: DeletedIds) {
    this.#users = names.map((name, index) => ({ id: index + 1, name, email: `${name}@example.com` }));
    this.#deleted = deleted;
  }

  findByPassword(email: unknown, password: unknown): LaravelUser | undefined {
    return this.#present().find((user) => user.email === email && password === `${user.name}-pass`);
  }

  find(id: number): LaravelUser | undefined {
    return this.#present().find((user) => user.id === id);
  }

  findByName(name: string): LaravelUser | undefined {
    return this.#present().find((user) => user.name === name);
  }

  delete(name: string): void {
    const user = this.findByName(name);
    if (user) {
      this.#deleted.push(user.id);
    }
  }

  #present(): readonly LaravelUser[] {
    return this.#users.filter(({ id }) => !this.#deleted.includes(id));
  }
}
