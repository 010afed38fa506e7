import { map, type Observable, of, tap } from 'rxjs';
import type { Credential } from './credential';
import type { Found, RecordStore } from './store/record-store';
import type { SessionRecord } from './session-record';
import type { AuthTokens } from './tokens';
import { wakings } from './wakings';

/** The session as all tabs have it: what the store says of it, followed here. */
export class SharedSession {
  readonly #session: SessionRecord;
  readonly #store: RecordStore;
  /** What this tab is putting into the store: no news, where it shows there first. */
  #coming: Credential | null = null;

  /** Begins to read the stored session. */
  constructor(session: SessionRecord, store: RecordStore) {
    this.#session = session;
    this.#store = store;
    session.lifetime.add(
      this.#look(store.read()).subscribe((found) => {
        session.load(found);
      }),
    );
  }

  /** Follows what other tabs do, as soon as it shows. */
  followAll(window: EventTarget): void {
    const follow = (): void => {
      this.#session.lifetime.add(
        this.#look(this.#store.read()).subscribe((found) => {
          this.#adopt(found);
        }),
      );
    };
    this.#store.subscribe(follow);
    this.#session.lifetime.add(wakings(window).subscribe(follow));
  }

  /** Follows what holds for all tabs, and has the whole of the tokens from there. Fails where that cannot be read. */
  catchUp(): Observable<unknown> {
    const mine = this.#session.credential;
    if (!mine) return of(null);
    return this.#look(this.#store.latest(mine)).pipe(
      tap((found) => {
        if (found?.id === mine.id && found.version === mine.version) {
          mine.tokens = found.tokens;
          mine.isMirror = false;
        } else if (found !== undefined || !mine.isMirror) this.#adopt(found);
        else throw new Error(ngDevMode ? 'the refresh token cannot be read' : '');
      }),
    );
  }

  /** Puts the tokens of a refresh where the other tabs find them. Emits how to go on with them here. */
  renew(tokens: AuthTokens): Observable<() => void> {
    const [session, spent, next] = [this.#session, this.#session.credential, this.#session.renewal(tokens)];
    if (!spent || !next) {
      return of(() => {
        session.begin(tokens);
      });
    }
    this.#coming = next;
    return this.#store.replace(spent, next).pipe(
      map((held) => () => {
        this.#coming = null;
        if (held === next) session.renew(next);
        else this.#adopt(held);
      }),
    );
  }

  /** A server has refused these tokens: the session ends in the store, unless another tab has put newer ones there. */
  end(refused: Credential): Observable<unknown> {
    return this.#look(this.#store.end(refused)).pipe(
      tap((found) => {
        this.#adopt(found);
      }),
    );
  }

  #adopt(found: Found): void {
    const isOwn = found && found.id === this.#coming?.id && found.version === this.#coming.version;
    if (!isOwn) this.#session.adopt(found);
  }

  /** What the store says; it does not count where this tab has changed something meanwhile. */
  #look(reading: Observable<Found>): Observable<Found> {
    const { epoch } = this.#session;
    return reading.pipe(
      map((found) => (epoch === this.#session.epoch && this.#store.isInStep ? found : undefined)),
    );
  }
}
