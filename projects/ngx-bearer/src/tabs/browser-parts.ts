import type { Subscription } from 'rxjs';
import type { Database } from './database';
import type { Exclusive } from './place';
import type { WebStorage } from './web-storage';

/** What a place of the browser consists of. */
export interface BrowserParts {
  readonly window: Window;
  readonly storage: WebStorage;
  /** Nothing is done after it has ended but what has begun. */
  readonly lifetime: Subscription;
  /** Null if the page has none. */
  readonly database: Database | null;
  readonly exclusive: Exclusive | null;
}
