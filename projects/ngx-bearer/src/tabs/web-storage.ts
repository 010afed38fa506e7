import { filter, fromEvent, map, merge, type Observable } from 'rxjs';
import { warnOnce } from '../hints/warn-once';
import { ignoreErrors } from '../storage/attempt';
import { endOf, fromText, NOTHING, type SharedState, toText } from '../storage/record';
import { isHappening, newest } from './shared-state';

/** How long a page may see an old localStorage, in milliseconds. */
export const STORAGE_LAG_MS = 250;

/** Storage events do not reach the window that writes. This one does, for another application in it. */
const CHANGED = 'ngx-bearer.changed';

export type WebStorageName = 'localStorage' | 'sessionStorage';

/** The browser's storage of that name; null if the page has none (a sandboxed frame, no cookies). */
export function openWebStorage(name: WebStorageName, key: string, window: Window): WebStorage | null {
  try {
    return new WebStorage(window[name], key, window);
  } catch {
    if (ngDevMode) warnOnce(`this page has no ${name}; the session stays in memory.`);
    return null;
  }
}

/** One record in localStorage or sessionStorage. */
export class WebStorage {
  readonly #area: Storage;
  readonly #key: string;
  readonly #window: Window;
  #text: string | null = null;
  #shown = NOTHING;
  /** The session that was shown before this one by another page. */
  #before = '';
  /** Of a newer release: it is left alone. */
  #isForeign = false;
  #isAnnounced = true;

  /** What another page, or another application in this one, has changed. */
  readonly changes: Observable<SharedState>;

  constructor(area: Storage, key: string, window: Window) {
    this.#area = area;
    this.#key = key;
    this.#window = window;
    // Throws if the page may not read it.
    area.getItem(key);
    const events = fromEvent<StorageEvent>(window, 'storage').pipe(
      // A cleared area names no key.
      filter((event) => event.storageArea === area && (event.key ?? key) === key),
      map((event) => this.#readEvent(event)),
      filter((state) => state !== null),
    );
    const announced = fromEvent(window, CHANGED).pipe(
      map(() => [this.#text, this.see()] as const),
      filter(([before]) => before !== this.#text),
      map(([, seen]) => seen),
    );
    this.changes = merge(events, announced);
  }

  /** What was last seen or written here. */
  get shown(): SharedState {
    return this.#shown;
  }

  /** Whether there was no record when it was last seen. */
  get isEmpty(): boolean {
    return this.#text === null;
  }

  /** What it shows now. A removed record is the end of its session, whoever removed it. */
  see(): SharedState {
    let text: string | null;
    try {
      text = this.#area.getItem(this.#key);
    } catch {
      // A record that cannot be read is not removed.
      return this.#shown;
    }
    if (text === this.#text) return this.#shown;
    const before = this.#shown;
    const found = fromText(text);
    this.#isForeign = found === 'newer';
    this.#text = text;
    this.#follow(typeof found === 'string' || !found ? NOTHING : found);
    return text === null ? endOf(before) : this.#shown;
  }

  /**
   * Shows a state, or removes the one of a session that has ended.
   *
   * @throws DOMException `QuotaExceededError`
   */
  write(state: SharedState): void {
    const text = state.ended ? null : toText(state);
    if (text === this.#text || this.#isForeign) return;
    if (text === null) this.#remove(state);
    else {
      this.#area.setItem(this.#key, text);
      this.#note(text, state);
    }
  }

  /** Shows at once what a user does. An end is shown even if nothing was. */
  show(state: SharedState): void {
    ignoreErrors(() => {
      if (state.ended) this.#remove(state);
      else this.write(state);
    });
    this.announce();
  }

  /** The events of a removal name the session, whatever was there: it may be a sign-in that this page has not seen. */
  #remove(end: SharedState): void {
    if (this.#isForeign) return;
    // A full disk may refuse it.
    if (end.id) ignoreErrors(() => this.#area.setItem(this.#key, toText(end)));
    this.#area.removeItem(this.#key);
    this.#note(null, end);
  }

  /** Another page, which had not seen a sign-in, may write the session before it again: the sign-in is still the last. */
  #follow(state: SharedState): void {
    const isBack = !!state.id && state.id === this.#before && isHappening(this.#shown);
    if (isBack) return;
    if (state.id !== this.#shown.id) this.#before = this.#shown.id;
    this.#shown = state;
  }

  #note(text: string | null, state: SharedState): void {
    this.#text = text;
    this.#shown = state;
    this.#before = '';
    this.#isAnnounced = false;
  }

  /** Announces what was written to another application in this window. */
  announce(): void {
    if (this.#isAnnounced) return;
    this.#isAnnounced = true;
    this.#window.dispatchEvent(new Event(CHANGED));
  }

  /** The change of an event: this page may have written since, so that it sees less. Null if an event before has named it. */
  #readEvent({ key, oldValue, newValue }: StorageEvent): SharedState | null {
    const before = fromText(oldValue ?? null);
    const seen = this.see();
    const now = fromText(newValue ?? null);
    // A sign-in that has been written over already is not the last.
    if (now && typeof now === 'object') return now.signIn || now.ended ? newest(seen, now) : seen;
    if (!key || newValue !== null || !before || typeof before !== 'object') return seen;
    return before.ended ? null : endOf(before);
  }
}
