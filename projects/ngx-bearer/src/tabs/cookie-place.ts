import type { Observable } from 'rxjs';
import type { SharedState } from '../storage/record';
import { LocalPlace } from './local-place';
import type { Decide } from './place';
import { withoutTokens } from './shared-state';

/** A session whose refresh token is in a cookie. Tabs share that it exists; each has an access token of its own, in memory. */
export class CookiePlace extends LocalPlace {
  override readonly keepsTokens = false;
  protected override readonly entryHoldsTokens = false;

  override show(state: SharedState): void {
    super.show(withoutTokens(state));
  }

  override change(decide: Decide, reached?: SharedState): Observable<SharedState> {
    return super.change((found) => withoutTokens(decide(found)), reached);
  }
}
