import { HttpException } from './laravel-answers.ts';
import { inSeconds } from './php-time.ts';

const RETRY_AFTER_SECONDS = 1;
const MAX_ATTEMPTS = 60;

/**
 * The middleware `throttle:60,1`, whose window ends one second after a lever is pulled
 * (laravel/framework 13.26.1, Illuminate/Routing/Middleware/ThrottleRequests.php).
 */
export class Throttle {
  readonly #now: () => number;
  #isExhausted = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The next request exceeds the limit. */
  exhaust(): void {
    this.#isExhausted = true;
  }

  assertAllowed(): void {
    if (this.#isExhausted) {
      this.#isExhausted = false;
      throw new HttpException(429, 'Too Many Attempts.', {
        'X-RateLimit-Limit': String(MAX_ATTEMPTS),
        'X-RateLimit-Remaining': '0',
        'Retry-After': String(RETRY_AFTER_SECONDS),
        'X-RateLimit-Reset': String(inSeconds(this.#now()) + RETRY_AFTER_SECONDS),
      });
    }
  }
}
