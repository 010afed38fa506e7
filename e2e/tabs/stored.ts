import type { RemoteTab } from './tab.ts';

/** All that a tab's origin keeps, as text. */
export interface Stored {
  readonly local: Readonly<Record<string, string>>;
  readonly session: Readonly<Record<string, string>>;
  /** Every entry of every database. */
  readonly databases: string;
}

export function readStored({ page }: Pick<RemoteTab, 'page'>): Promise<Stored> {
  return page.evaluate(readHere);
}

// The page runs this as text, so that it must stand alone.
async function readHere(): Promise<Stored> {
  const answer = <Value>(asked: IDBRequest<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error ?? new Error('The request failed.'));
    });
  const entries: unknown[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const found = database.transaction(store).objectStore(store);
      entries.push(name, await answer(found.getAllKeys()), await answer(found.getAll()));
    }
    database.close();
  }
  return {
    local: Object.fromEntries(Object.entries(localStorage)),
    session: Object.fromEntries(Object.entries(sessionStorage)),
    databases: JSON.stringify(entries, (_, value: unknown) => (ArrayBuffer.isView(value) ? 'bytes' : value)),
  };
}

export function holdsOneOf(text: string, tokens: readonly string[]): boolean {
  return tokens.some((token) => text.includes(token));
}
