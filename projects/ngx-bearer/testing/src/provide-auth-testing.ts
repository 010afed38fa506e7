import {
  type EnvironmentProviders,
  inject,
  InjectionToken,
  makeEnvironmentProviders,
  provideEnvironmentInitializer,
} from '@angular/core';
import {
  AuthSession,
  type AuthTokens,
  injectAuthSession,
  type RefreshStrategy,
  ɵTEST_SETTINGS,
} from 'ngx-bearer';
import { AskedRefreshes } from './asked-refreshes';
import { AuthTestingController } from './auth-testing-controller';
import { accessTokenOf, type TestUser } from './test-user';

/** Who is signed in where a test begins. With nothing given it is nobody. */
export interface AuthTestingOptions {
  /**
   * The name of the session that somebody is signed in to, where the app has several. To sign in to more than one, call
   * `provideAuthTesting` for each.
   *
   * @default none: the session of `AuthSession`
   */
  readonly name?: string | undefined;

  /**
   * The user, by subject or by all claims: the access token is an unsigned JWT of them, so that
   * `AuthSession.claims()` tells them. Without `exp` and `iat` in it, or `expiresIn` in `tokens`, it never runs out.
   */
  readonly signedInAs?: string | Readonly<Record<string, unknown>> | undefined;

  /** The tokens that the session begins with. The access token is left out where `signedInAs` makes one. */
  readonly tokens?: Partial<AuthTokens> | undefined;
}

/**
 * Sets a session up for tests. Stands beside `provideAuth` or `AuthModule`, before or after it, and Angular's
 * `provideHttpClientTesting()`. It takes the place of `refresh`, keeps the session in memory whatever `storage` says,
 * sends bearer tokens whatever `proof` says, and leaves other tabs alone. All other options are those of the app.
 *
 * @throws Error where both options give an access token, or neither does and there are other tokens.
 */
export function provideAuthTesting(options: AuthTestingOptions = {}): EnvironmentProviders {
  const tokens = firstTokens(options);
  const { name } = options;
  return makeEnvironmentProviders([
    { provide: SIGNED_IN, useValue: options, multi: true },
    { provide: AskedRefreshes, useFactory: () => new AskedRefreshes(usersIn(inject(SIGNED_IN))) },
    { provide: AuthTestingController, useExisting: AskedRefreshes },
    {
      provide: ɵTEST_SETTINGS,
      useFactory: (refreshes: AskedRefreshes) => (refresh: RefreshStrategy, of: string | undefined) => ({
        refresh: refreshes.inPlaceOf(refresh, of),
        storage: undefined,
        proof: undefined,
      }),
      deps: [AskedRefreshes],
    },
    tokens
      ? provideEnvironmentInitializer(() => {
          const session = name === undefined ? inject(AuthSession) : injectAuthSession(name);
          session.signIn(tokens);
        })
      : [],
  ]);
}

/** The options of each `provideAuthTesting` of an injector. */
const SIGNED_IN = new InjectionToken<readonly AuthTestingOptions[]>('ngx-bearer/testing users');

function usersIn(all: readonly AuthTestingOptions[]): Map<string | undefined, TestUser | undefined> {
  return new Map(all.map(({ name, signedInAs }) => [name, signedInAs]));
}

function firstTokens({ signedInAs, tokens }: AuthTestingOptions): Partial<AuthTokens> | null {
  if (signedInAs === undefined && !tokens) return null;
  if ((signedInAs !== undefined) === (tokens?.accessToken !== undefined)) {
    const found = signedInAs === undefined ? 'neither' : 'both';
    throw new Error(
      `provideAuthTesting: signedInAs and tokens.accessToken both say who is signed in, found ${found}. Give one of them.`,
    );
  }
  return { ...tokens, ...(signedInAs !== undefined && { accessToken: accessTokenOf(signedInAs, 0) }) };
}
