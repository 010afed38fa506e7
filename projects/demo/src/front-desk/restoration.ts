import { inject, Injectable, signal } from '@angular/core';
import { AuthSession } from 'ngx-bearer';
import { MessageBoard } from '../messages/message-board';
import { DEMO_SETTINGS } from '../settings/settings-token';

/** After a reload a cookie may still know the session: asking for a token finds out. */
@Injectable({ providedIn: 'root' })
export class Restoration {
  readonly #session = inject(AuthSession);
  readonly #messages = inject(MessageBoard);
  readonly #underWay = signal(false);

  /** It is not yet known whether somebody is signed in. */
  readonly underWay = this.#underWay.asReadonly();

  constructor() {
    if (inject(DEMO_SETTINGS).protocol === 'cookie' && !this.#session.signedIn()) void this.#restore();
  }

  async #restore(): Promise<void> {
    this.#underWay.set(true);
    try {
      await this.#session.accessToken();
    } catch (error) {
      this.#messages.report(error);
    } finally {
      this.#underWay.set(false);
    }
  }
}
