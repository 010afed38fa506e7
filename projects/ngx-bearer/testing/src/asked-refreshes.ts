import { inject, Injector, runInInjectionContext } from '@angular/core';
import { AuthSession, injectAuthSession, type AuthTokens, type RefreshStrategy } from 'ngx-bearer';
import { Observable } from 'rxjs';
import { AskedRefresh } from './asked-refresh';
import { AuthTestingController } from './auth-testing-controller';
import { accessTokenOf, type TestUser } from './test-user';

/** All refreshes that were asked for since the test began. */
export class AskedRefreshes extends AuthTestingController {
  readonly #injector = inject(Injector);
  readonly #all: AskedRefresh[] = [];
  readonly #users: ReadonlyMap<string | undefined, TestUser | undefined>;
  #isInPlace = false;

  /** Who is signed in, by the name of the session. Has to run in an injection context. */
  constructor(users: ReadonlyMap<string | undefined, TestUser | undefined>) {
    super();
    this.#users = users;
  }

  /** Waits for the test where the app's own strategy would send something. */
  inPlaceOf({ restores = false }: RefreshStrategy, name: string | undefined): RefreshStrategy {
    this.#isInPlace = true;
    const strategy: RefreshStrategy = (tokens) =>
      new Observable<AuthTokens>((caller) => {
        const nextAccessToken = accessTokenOf(this.#users.get(name), this.#all.length + 1);
        this.#all.push(new AskedRefresh(name, { tokens, nextAccessToken }, caller));
      });
    return Object.assign(strategy, { restores });
  }

  expectRefresh(name?: string): AskedRefresh {
    const [asked, ...more] = this.#all.filter(
      (one) => !one.isExpected && (name === undefined || one.name === name),
    );
    if (!asked) throw new Error(`Expected one refresh, found none. ${this.#explainNone(name)}`);
    if (more.length) {
      throw new Error(`Expected one refresh, found ${more.length + 1}: ${describe([asked, ...more])}.`);
    }
    asked.isExpected = true;
    return asked;
  }

  verify(): void {
    const open = this.#all.filter(({ isExpected, end }) => !isExpected || !end);
    if (open.length) {
      throw new Error(`Expected no open refreshes, found ${open.length}: ${describe(open)}.`);
    }
  }

  #explainNone(name: string | undefined): string {
    if (!this.#isInPlace) {
      return (
        'No provideAuth(...) has taken the settings of the test: nothing has asked for the session yet, ' +
        'provideAuth stands in another injector, or this is a production build.'
      );
    }
    if (this.#all.some(({ end }) => !end)) {
      return 'The one under way is expected already, and waits for flush, refuse or fail.';
    }
    const before = this.#all.length ? ` Before: ${describe(this.#all)}.` : '';
    const session = runInInjectionContext(this.#injector, () =>
      name === undefined ? inject(AuthSession) : injectAuthSession(name),
    );
    if (!session.signedIn()) {
      return `Nobody is signed in: give provideAuthTesting signedInAs or tokens, or sign in.${before}`;
    }
    if (this.#all.at(-1)?.end?.startsWith('failed')) {
      return `The last one failed, and no other is tried before its cool-down is over.${before}`;
    }
    return `Somebody is signed in; a 401 for a request that 'allow' covers asks for one.${before}`;
  }
}

function describe(refreshes: readonly AskedRefresh[]): string {
  return refreshes
    .map(
      ({ name, isExpected, end }) =>
        `${name === undefined ? '' : `'${name}' `}${isExpected ? 'expected' : 'not expected'} and ${end ?? 'not answered'}`,
    )
    .join('; ');
}
