import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import type { Observable } from 'rxjs';
import { Dispatcher } from '../../burst/dispatcher';
import { samplePaths } from '../../burst/sample-calls';
import { Depot } from '../../depot/depot';
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
  /** What the last lever did, in words. */
  protected readonly done = signal('');

  constructor() {
    this.#pull(this.#controlRoom.settings(), (settings) => {
      this.answer.set(answerOf(settings));
      this.pace.set(nearestPace(settings));
    });
  }

  protected expire(): void {
    this.#pull(this.#controlRoom.expireTokens(), () => {
      this.done.set('Expired at the server. This page does not know yet: send something.');
    });
  }

  protected send(count: number): void {
    this.done.set('');
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
    this.#pull(this.#controlRoom.change(settings), () => {
      this.done.set('');
    });
  }

  #pull<Answer>(lever: Observable<Answer>, pulled: (answer: Answer) => void): void {
    lever.subscribe({
      next: pulled,
      error: (error: unknown) => {
        this.#messages.report(error);
      },
    });
  }
}
