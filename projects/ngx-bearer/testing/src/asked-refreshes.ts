import { inject, Injector } from '@angular/core';
import { AuthSession, type AuthTokens, type RefreshStrategy } from 'ngx-bearer';
import { Observable } from 'rxjs';
import { AskedRefresh } from './asked-refresh';
import { AuthTestingController } from './auth-testing-controller';
import { accessTokenOf, type TestUser } from './test-user';

/** All refreshes that were asked for since the test began. */
export class AskedRefreshes extends AuthTestingController {
  readonly #injector = inject(Injector);
  readonly #all: AskedRefresh[] = [];
  readonly #user: TestUser | undefined;
  #isInPlace = false;

  /** Has to run in an injection context. */
  constructor(user: TestUser | undefined) {
    super();
    this.#user = user;
  }

  /** Waits for the test where the app's own strategy would send something. */
  inPlaceOf({ restores = false }: RefreshStrategy): RefreshStrategy {
    this.#isInPlace = true;
    const strategy: RefreshStrategy = (tokens) =>
      new Observable<AuthTokens>((caller) => {
        this.#all.push(new AskedRefresh(tokens, caller, accessTokenOf(this.#user, this.#all.length + 1)));
      });
    return Object.assign(strategy, { restores });
  }

  expectRefresh(): AskedRefresh {
    const [asked, ...more] = this.#all.filter(({ isExpected }) => !isExpected);
    if (!asked) throw new Error(`Expected one refresh, found none. ${this.#explainNone()}`);
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

  #explainNone(): string {
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
    if (!this.#injector.get(AuthSession).signedIn()) {
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
    .map(({ isExpected, end }) => `${isExpected ? 'expected' : 'not expected'} and ${end ?? 'not answered'}`)
    .join('; ');
}
