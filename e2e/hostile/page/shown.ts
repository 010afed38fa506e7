/** All text in a value: what it prints as, and all it owns, however deep, enumerable or not. */
export function everyText(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value === 'function' || typeof value === 'symbol') return '';
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  const entries =
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)].flat() : [];
  const owned = Reflect.ownKeys(value).flatMap((key) => [String(key), Reflect.get(value, key) as unknown]);
  const inherited = value instanceof Error ? [value.name, value.message, value.stack, value.cause] : [];
  const parts = [...inherited, ...entries, ...owned].map((part) => everyText(part, seen));
  return [printed(value), ...parts].join(' ');
}

/** As a template, a log or a message would show it: by JSON, and as a string. */
export function printed(value: unknown): string {
  const asJson = attempt(() => JSON.stringify(value));
  return `${asJson} ${attempt(() => String(value))}`;
}

/** What the document, its addresses and the storages that are not the library's show, by place. */
export async function shownByPage(): Promise<Record<string, string>> {
  const fields = [...document.querySelectorAll('input')].map(({ value }) => value);
  const entries = performance
    .getEntries()
    .map((entry) => everyText([entry.toJSON(), Reflect.get(entry, 'detail')]));
  return {
    'the document': [document.documentElement.outerHTML, document.title, ...fields].join('\n'),
    'an address': [location.href, document.referrer, printed(history.state), ...entries].join('\n'),
    'a cookie': attempt(() => document.cookie),
    'a message': (window.told ?? []).join('\n'),
    'a foreign storage': await foreignStorage(),
  };
}

/** The names of all entries, and what is in those of others. */
async function foreignStorage(): Promise<string> {
  const entries = [...Object.entries(localStorage), ...Object.entries(sessionStorage)];
  const areas = entries.map(([name, value]) => (isOurs(name) ? name : `${name}=${String(value)}`));
  const databases = await indexedDB.databases();
  const contents = databases.map(async ({ name = '' }) => `${name}=${isOurs(name) ? '' : await read(name)}`);
  return [...areas, ...(await Promise.all(contents))].join('\n');
}

function isOurs(name: string): boolean {
  return name.startsWith('ngx-bearer.');
}

async function read(name: string): Promise<string> {
  const database = await answer(indexedDB.open(name));
  const values = [...database.objectStoreNames].map((store) =>
    answer(database.transaction(store).objectStore(store).getAll()),
  );
  const text = everyText(await Promise.all(values));
  database.close();
  return text;
}

function answer<Value>(asked: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('The request failed.'));
  });
}

function attempt(print: () => string): string {
  try {
    return print();
  } catch (error) {
    return String(error);
  }
}
