/** One change, in the order in which all tabs come to see it. */
export interface Write {
  readonly serial: number;
  readonly key: string;
  readonly value: string | null;
  readonly before: string | null;
  /** What its tab saw there. */
  readonly seen: string | null;
  readonly by: LocalView;
  /** When it was done, in monotonic milliseconds. */
  readonly atMs: number;
}

/**
 * The localStorage of an origin. A tab sees its own writes at once and those of others late, each tab at a time of
 * its own, but in order; when all is seen, all see the same.
 */
export class LocalStorage {
  readonly #views: LocalView[] = [];
  readonly #onWrite: (write: Write) => void;
  /** What was written, the last at the end. */
  readonly #written: Write[] = [];
  /** What is true in the end. */
  readonly items = new Map<string, string>();
  /** How many writes there have been. */
  serial = 0;
  readonly #clock: { readonly elapsedMs: number };

  constructor(clock: { readonly elapsedMs: number }, onWrite: (write: Write) => void) {
    this.#clock = clock;
    this.#onWrite = onWrite;
  }

  /** As a new tab sees it. */
  open(): LocalView {
    const view = new LocalView(this);
    this.#views.push(view);
    return view;
  }

  write(by: LocalView, key: string, value: string | null): number {
    const before = this.items.get(key) ?? null;
    const seen = by.items.get(key) ?? null;
    const write = { serial: ++this.serial, key, value, before, seen, by, atMs: this.#clock.elapsedMs };
    put(this.items, key, value);
    this.#written.push(write);
    for (const view of this.#views) if (view !== by) view.arrive(write);
    this.#onWrite(write);
    return write.serial;
  }

  /** The browser was killed before the last writes had reached the disk. For when no page is open. */
  loseLast(count: number): void {
    const lost = this.#written.splice(Math.max(this.#written.length - count, 0));
    for (const { key, before } of lost.reverse()) put(this.items, key, before);
  }
}

/** What one tab sees of it. */
export class LocalView {
  readonly #storage: LocalStorage;
  readonly #items: Map<string, string>;
  /** The last write of its own to each key. */
  readonly #own = new Map<string, number>();
  #unseen: Write[] = [];
  #untold: Write[] = [];
  /** Up to which write of others it sees what they wrote. */
  seenUpTo: number;
  /** The last write of its own. */
  ownUpTo = 0;

  constructor(storage: LocalStorage) {
    this.#storage = storage;
    this.#items = new Map(storage.items);
    this.seenUpTo = storage.serial;
  }

  /** Since when its page is to be told of something, in monotonic milliseconds; null where there is nothing. */
  get oldestMs(): number | null {
    return (this.#untold[0] ?? this.#unseen[0])?.atMs ?? null;
  }

  get hasUnseen(): boolean {
    return this.#unseen.length > 0;
  }

  /** Whether there are events that its page has not been told of. */
  get hasUntold(): boolean {
    return this.#untold.length > 0;
  }

  /** Keys and values that it sees. */
  get items(): ReadonlyMap<string, string> {
    return this.#items;
  }

  put(key: string, value: string | null): void {
    // To the page nothing has changed, whatever is true.
    if ((this.#items.get(key) ?? null) === value) return;
    this.ownUpTo = this.#storage.write(this, key, value);
    put(this.#items, key, value);
    this.#own.set(key, this.ownUpTo);
  }

  arrive(write: Write): void {
    this.#unseen.push(write);
  }

  /** Lets it see the next write of another tab. */
  see(): void {
    const write = this.#unseen.shift();
    if (!write) return;
    this.#untold.push(write);
    this.seenUpTo = write.serial;
    // What it wrote itself since is what all will see.
    if (write.serial > (this.#own.get(write.key) ?? 0)) put(this.#items, write.key, write.value);
  }

  /** The next event for its page. */
  nextTold(): Write | undefined {
    if (!this.hasUntold) this.see();
    return this.#untold.shift();
  }

  /** A page that could not be told of them, never is. */
  forgetUntold(): void {
    this.#untold = [];
  }
}

function put(items: Map<string, string>, key: string, value: string | null): void {
  if (value === null) items.delete(key);
  else items.set(key, value);
}
