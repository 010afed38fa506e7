import { inject } from '@angular/core';
import { AuthError, ɵAUTH_SESSIONS, ɵfindSession } from 'ngx-bearer';
import { DpopProver } from './dpop-prover';

/**
 * The key pair for the next sign-in: pass it to the library that exchanges the authorization code, so that the tokens are bound
 * to it from the start. Every call returns the same pair until `AuthSession.signIn`, also after a redirect and in another tab. A
 * session that exists keeps its own key. Has to run in an injection context.
 *
 * @param name of the session, if it has one
 * @throws AuthError (as a rejection) `bad-config` if there is no such session, or if it has no `proof: dpop()`.
 */
export async function dpopKey(name?: string): Promise<CryptoKeyPair> {
  const { proof } = ɵfindSession(inject(ɵAUTH_SESSIONS), name);
  if (proof instanceof DpopProver) return proof.key.forSignIn();
  throw new AuthError(
    'bad-config',
    ngDevMode && 'dpopKey needs a session with a key: give provideAuth proof: dpop().',
  );
}
