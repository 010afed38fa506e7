import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { AuthSession } from 'ngx-bearer';
import { secondHand } from '../../second-hand';
import { FrontDesk } from '../front-desk';

@Component({
  selector: 'demo-session-bar',
  templateUrl: './session-bar.html',
  styleUrl: './session-bar.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SessionBar {
  readonly #session = inject(AuthSession);
  readonly #now = secondHand();
  protected readonly frontDesk = inject(FrontDesk);
  protected readonly refreshing = this.#session.refreshing;

  protected readonly life = computed(() => {
    const expiresAt = this.#session.expiresAt();
    if (expiresAt === null) return 'token of unknown life';
    const seconds = Math.ceil((expiresAt - this.#now()) / 1000);
    return seconds > 0 ? `token runs out in ${seconds} s` : 'token has run out';
  });

  protected changeUser(): void {
    const { username, password } = this.frontDesk.otherUser();
    this.frontDesk.signIn(username, password);
  }
}
