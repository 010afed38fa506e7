/** As much of IndexedDB as holds entries by key; a transaction at a time, each in a few microtasks. */
export class FakeDatabase {
  readonly entries = new Map<string, unknown>();
  /** How it goes about what it is asked. */
  manner: 'works' | 'is full' | 'fails to open' | 'never answers' = 'works';
  /** How many transactions were asked for. */
  transactions = 0;

  open(): unknown {
    const database = {
      createObjectStore: () => undefined,
      close: () => undefined,
      transaction: () => this.#transact(),
    };
    const opening = { result: database, error: new Error('no database'), onsuccess: noop, onerror: noop };
    queueMicrotask(() => {
      if (this.manner === 'fails to open') opening.onerror();
      else if (this.manner !== 'never answers') opening.onsuccess();
    });
    return Object.assign(opening, { onupgradeneeded: noop });
  }

  #transact(): unknown {
    this.transactions++;
    const transaction = {
      error: new Error('the disk is full'),
      oncomplete: noop,
      onabort: noop,
      commit: noop,
      objectStore: () => ({
        get: (key: string) => {
          const reading = { result: undefined as unknown, onsuccess: noop };
          queueMicrotask(() => {
            reading.result = this.entries.get(key);
            reading.onsuccess();
          });
          return reading;
        },
        put: (value: unknown, key: string) => {
          if (this.manner === 'is full') isAborted = true;
          else this.entries.set(key, value);
        },
        delete: (key: string) => this.entries.delete(key),
      }),
    };
    let isAborted = false;
    transaction.commit = () => {
      queueMicrotask(() => {
        if (isAborted) transaction.onabort();
        else transaction.oncomplete();
      });
    };
    return transaction;
  }
}

function noop(): void {
  // Put in place of what nobody has asked to hear.
}
