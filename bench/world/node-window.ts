/** What the adapters look for in a page, for Node: a store, an address, and somebody to listen to. Returns what is stored. */
export function standInForPage(): Map<string, string> {
  const kept = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const page = new EventTarget();
  const listening = {
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    dispatchEvent: page.dispatchEvent.bind(page),
  };
  const location = new URL('https://app.example.com/');
  const document = {
    baseURI: location.href,
    location,
    cookie: '',
    defaultView: globalThis,
    getElementById: () => null,
    ...listening,
  };
  const parts = {
    localStorage,
    sessionStorage: localStorage,
    location,
    document,
    window: globalThis,
    Storage: Object,
    ...listening,
  };
  for (const [name, value] of Object.entries(parts)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  return kept;
}
