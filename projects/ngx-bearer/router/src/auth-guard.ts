import { inject } from '@angular/core';
import { type CanActivateFn, type CanMatchFn, Router, UrlTree } from '@angular/router';
import { AuthError, AuthSession, injectAuthSession } from 'ngx-bearer';

/** Where `authGuard` sends those who are not signed in. */
export interface AuthGuardOptions {
  /**
   * The URL of the sign-in page within the app. It may have a query and a fragment.
   *
   * @default '/sign-in'
   */
  readonly signInRoute?: string;

  /**
   * The query parameter in which the sign-in page finds the URL that was wanted.
   *
   * @default 'returnUrl'
   */
  readonly returnUrlParameter?: string;

  /**
   * The name of the session that is asked, where the application has several.
   *
   * @default none: the session of `AuthSession`
   */
  readonly name?: string;
}

/**
 * Lets those who are signed in pass, and sends all others to the sign-in page, which is told the wanted URL. For
 * `canActivate`, `canActivateChild` and `canMatch`.
 *
 * A stored session that is being read, a restore by cookie, and the refresh of a token that has run out are waited
 * for. Where no new token can be got but nobody refused, the session lives, and its user passes. The sign-in page
 * itself is open to everybody. It guards what is shown, not what the server gives away.
 *
 * @throws AuthError `bad-config` at once in development, for a `signInRoute` that is no URL of the app.
 */
export function authGuard(options: AuthGuardOptions = {}): CanActivateFn & CanMatchFn {
  if (ngDevMode) checkOptions(options);
  const { signInRoute = '/sign-in', returnUrlParameter = 'returnUrl', name } = options;
  return async () => {
    const router = inject(Router);
    const session = name === undefined ? inject(AuthSession) : injectAuthSession(name);
    const signIn = router.parseUrl(signInRoute);
    const wanted = wantedUrl(router);
    // A guard above all routes would send its own redirect round for ever.
    if (pathOf(wanted, router) === pathOf(signIn, router)) return true;
    // Its failures leave the session as it is, and that decides.
    await session.accessToken().catch(() => null);
    if (session.signedIn()) return true;
    // Angular 20 leaves `//evil.example` of a third slash before it: for a browser, another origin.
    const returnUrl = router.serializeUrl(wanted).replace(/^\/+/, '/');
    const queryParams = { ...signIn.queryParams, [returnUrlParameter]: returnUrl };
    return new UrlTree(signIn.root, queryParams, signIn.fragment);
  };
}

/** The whole of it: `canMatch` is told only the segments that are left to match. */
function wantedUrl(router: Router): UrlTree {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Angular 20.1 has no `currentNavigation`.
  return router.getCurrentNavigation()?.extractedUrl ?? router.parseUrl(router.url);
}

function pathOf(url: UrlTree, router: Router): string {
  return router.serializeUrl(new UrlTree(url.root));
}

function checkOptions({ signInRoute = '/', returnUrlParameter, name, ...others }: AuthGuardOptions): void {
  if (!/^\/(?![/\\])/.test(signInRoute)) {
    throw new AuthError(
      'bad-config',
      `'signInRoute' is ${JSON.stringify(signInRoute)}: give a URL of the app, which begins with one '/'.`,
    );
  }
  if (returnUrlParameter === '') {
    throw new AuthError('bad-config', "'returnUrlParameter' is empty: give a name.");
  }
  if (name === '') throw new AuthError('bad-config', "'name' is empty: give the name of a session.");
  // The router types a guard as anything: without its brackets this one would be called with a route.
  const [other] = Object.keys(others);
  if (other) {
    throw new AuthError('bad-config', `'${other}' is no option of authGuard: is it written as authGuard()?`);
  }
}
