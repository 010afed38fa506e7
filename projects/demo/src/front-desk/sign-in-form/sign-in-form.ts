import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { Journal } from '../../event-log/journal';
import { signOutInWords } from '../../event-log/event-words';
import { type DemoUser, FrontDesk, users } from '../front-desk';

@Component({
  selector: 'demo-sign-in-form',
  templateUrl: './sign-in-form.html',
  styleUrl: './sign-in-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignInForm {
  readonly #signedOut = inject(Journal).signedOut;
  protected readonly frontDesk = inject(FrontDesk);
  protected readonly users = users;
  protected readonly offered = signal<DemoUser>(users[0]);
  protected readonly reason = computed(() => {
    const reason = this.#signedOut();
    return reason && signOutInWords(reason);
  });
  protected readonly reasonShown = viewChild<ElementRef<HTMLElement>>('reasonShown');

  constructor() {
    // What had the focus went away with the session: the reading goes on where the reason stands.
    afterNextRender(() => {
      this.reasonShown()?.nativeElement.focus();
    });
  }

  protected submit(submission: SubmitEvent, username: string, password: string): void {
    submission.preventDefault();
    this.frontDesk.signIn(username, password);
  }
}
