import { ɵwarnOnce } from 'ngx-bearer';
import type { Session } from './seam';
import type { SessionKey, SessionKeys } from './session-keys';

/** The session that a key is of. */
interface Holder {
  readonly id: string;
  /** Undefined if it could not be read, and has to be read again. */
  key?: Promise<SessionKey | undefined> | undefined;
}

/** The key of the current session: it begins, is read, and is removed with it. */
export class CurrentKey {
  readonly #session: Session;
  readonly #keys: SessionKeys;
  #holder: Holder | undefined;
  /** Whether a sign-in by a user, which is about to be committed, brings bearer tokens; undefined without one. */
  #isBearerSignIn: boolean | undefined;

  constructor(session: Session, keys: SessionKeys) {
    this.#session = session;
    this.#keys = keys;
  }

  /** Follows the session from now on. */
  follow(): void {
    const { lifetime, commits } = this.#session;
    lifetime.add(
      commits.subscribe((cause) => {
        this.#change(cause === 'this-tab');
      }),
    );
  }

  /** The next commit is a sign-in by a user, whose tokens are bound to the key of {@link forSignIn}. */
  beginSignIn(isBearer: boolean): void {
    this.#isBearerSignIn = isBearer;
  }

  forSignIn(): Promise<CryptoKeyPair> {
    return this.#keys.forSignIn(this.#session.credential?.id ?? '');
  }

  /** Undefined if nobody is signed in, or no more: a session ends if its key is lost. Rejects if the key cannot be read now. */
  async get(): Promise<SessionKey | undefined> {
    // A listener of `signed-in` may send a request, before the commit is over.
    await Promise.resolve();
    const holder = this.#holder;
    if (holder && !holder.key) this.#hold(holder, this.#keys.find(holder.id));
    return holder?.key;
  }

  /** The server has issued tokens of this kind. */
  async setBearer(isBearer: boolean): Promise<void> {
    const key = await this.get();
    if (!key || key.isBearer === isBearer) return;
    key.isBearer = isBearer;
    await this.#keys.keep(key);
  }

  #change(isOwn: boolean): void {
    const id = this.#session.credential?.id;
    const before = this.#holder;
    const isBearerSignIn = this.#isBearerSignIn;
    this.#isBearerSignIn = undefined;
    if (before?.id === id) return;
    if (before) void this.#keys.drop(before.id);
    this.#holder = undefined;
    if (!id) return;
    const holder: Holder = { id };
    this.#holder = holder;
    // A refresh that has changed the user has bound the tokens to the key that there was.
    this.#hold(holder, isOwn ? this.#claim(id, isBearerSignIn, before) : this.#keys.find(id));
  }

  async #claim(
    id: string,
    isBearerSignIn: boolean | undefined,
    before: Holder | undefined,
  ): Promise<SessionKey> {
    if (isBearerSignIn !== undefined) return this.#keys.claim(id, isBearerSignIn);
    const own = await before?.key;
    return this.#keys.claim(id, !!own?.isBearer, own?.pair);
  }

  #hold(holder: Holder, key: Promise<SessionKey | undefined>): void {
    holder.key = key;
    key.then(
      (found) => {
        if (!found && this.#holder === holder) this.#lose();
      },
      () => {
        holder.key = undefined;
      },
    );
  }

  /** Without their key the tokens are worthless. */
  #lose(): void {
    if (ngDevMode) {
      ɵwarnOnce(
        'the session has ended, since the browser has lost the key that its tokens are bound to. Usual causes: the ' +
          'site data was cleared, or IndexedDB does not work here.',
      );
    }
    this.#session.end('refused');
  }
}
