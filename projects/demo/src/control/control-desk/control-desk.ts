import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import type { Observable } from 'rxjs';
import { Dispatcher } from '../../burst/dispatcher';
import { samplePaths } from '../../burst/sample-calls';
import { Depot } from '../../depot/depot';
import { FrontDesk } from '../../front-desk/front-desk';
import { MessageBoard } from '../../messages/message-board';
import { ControlRoom, type ServerSettings } from '../control-room';
import {
  type AnswerChoice,
  answerOf,
  answers,
  answerSettings,
  nearestPace,
  paces,
  paceSettings,
} from '../server-pace';

@Component({
  selector: 'demo-control-desk',
  templateUrl: './control-desk.html',
  styleUrl: './control-desk.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ControlDesk {
  readonly #depot = inject(Depot);
  readonly #dispatcher = inject(Dispatcher);
  readonly #controlRoom = inject(ControlRoom);
  readonly #messages = inject(MessageBoard);

  protected readonly answers = answers;
  protected readonly paces = paces;
  protected readonly sizes = [1, 6, 50];
  protected readonly answer = signal<AnswerChoice>('tokens');
  protected readonly pace = signal('local');
  protected readonly whatNow = 'Expired at the server. This page does not know yet: send something.';
  protected readonly desk = viewChild.required<ElementRef<HTMLElement>>('desk');
  protected readonly expired = this.#controlRoom.expired;

  constructor() {
    this.#pull(this.#controlRoom.settings(), (settings) => {
      this.answer.set(answerOf(settings));
      this.pace.set(nearestPace(settings));
    });
    const { signedInHere } = inject(FrontDesk);
    afterNextRender(() => {
      // The form that had the focus is gone: a keyboard goes on with what took its place.
      if (signedInHere) this.desk().nativeElement.focus({ preventScroll: true });
    });
  }

  protected expire(): void {
    this.#pull(this.#controlRoom.expireTokens());
  }

  protected send(count: number): void {
    this.#dispatcher.beginBurst();
    for (const path of samplePaths(count)) this.#dispatcher.send(this.#depot.read(path));
  }

  protected answerWith(value: string): void {
    const chosen = answers.find((offered) => offered.value === value);
    if (!chosen) return;
    this.#change(answerSettings(this.answer(), chosen.value, this.pace()));
    this.answer.set(chosen.value);
  }

  protected keepPace(value: string): void {
    this.#change(paceSettings(this.answer(), value));
    this.pace.set(value);
  }

  #change(settings: Partial<ServerSettings>): void {
    this.#pull(this.#controlRoom.change(settings));
  }

  #pull<Answer>(lever: Observable<Answer>, pulled?: (answer: Answer) => void): void {
    lever.subscribe({
      next: (answer) => pulled?.(answer),
      error: (error: unknown) => {
        this.#messages.report(error);
      },
    });
  }
}
