import { inject, Injectable } from '@angular/core';
import type { Observable } from 'rxjs';
import { ControlRoom } from '../control/control-room';
import { MessageBoard } from '../messages/message-board';
import { Recorder } from '../timeline/recorder';

/** What becomes of a call. */
export interface Outcome<Answer> {
  readonly received: (answer: Answer) => void;
  readonly failed: () => void;
}

const watchedForMs = 1_000;

/** Sends calls off in bursts: one burst is what the timeline shows. A component that goes away ends none of them. */
@Injectable({ providedIn: 'root' })
export class Dispatcher {
  readonly #recorder = inject(Recorder);
  readonly #messages = inject(MessageBoard);
  readonly #controlRoom = inject(ControlRoom);

  /** What is sent from here on is a new burst, unless the last one still runs. */
  beginBurst(): void {
    if (!this.#recorder.beginBurst()) return;
    this.#messages.clear();
    this.#controlRoom.countFromHere();
  }

  /**
   * What the page sends by itself belongs to what the person watches: after a change of user the calls of the old
   * one and those of the new one stand side by side.
   */
  followBurst(): void {
    if (this.#recorder.restedMs() > watchedForMs) this.beginBurst();
  }

  send<Answer>(call: Observable<Answer>, outcome?: Outcome<Answer>): void {
    call.subscribe({
      next: (received) => outcome?.received(received),
      error: (error: unknown) => {
        this.#messages.report(error);
        outcome?.failed();
      },
    });
  }
}
