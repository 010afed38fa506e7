import { effect, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type AuthEvent, AuthSession } from 'ngx-bearer';
import { emptyTimeline, endOf, fold, isQuiet, startOf, type Note, type RefreshEnd } from './timeline';

/** A note as its observer writes it: the recorder adds the moment. */
export type Observation = Note extends infer Each ? (Each extends Note ? Omit<Each, 'at'> : never) : never;

/** Writes down what the interceptors see and what the session tells, as one timeline. */
@Injectable({ providedIn: 'root' })
export class Recorder {
  readonly #session = inject(AuthSession);
  readonly #timeline = signal(emptyTimeline);
  #lastCall = 0;
  #turn: number | null = null;
  #refreshing = false;
  #restoring = false;
  #refreshEnd: RefreshEnd = 'refused';

  readonly timeline = this.#timeline.asReadonly();

  constructor() {
    this.#session.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      this.#hear(event);
    });
    effect(() => {
      this.#compare(this.#session.refreshing());
    });
  }

  /** Clears the drawing, unless something on it still moves. Tells whether it did. */
  beginBurst(): boolean {
    const quiet = isQuiet(untracked(this.#timeline));
    this.note({ type: 'burst-begun' });
    return quiet;
  }

  /** For how long nothing on the drawing has moved. */
  restedMs(): number {
    const timeline = untracked(this.#timeline);
    const now = performance.now();
    return startOf(timeline) === null ? Infinity : now - endOf(timeline, now);
  }

  /** A new lane. Gives the number by which the call is known from here on. */
  issue(method: string, path: string): number {
    this.#lastCall += 1;
    this.note({ type: 'issued', call: this.#lastCall, method, path });
    return this.#lastCall;
  }

  note(observation: Observation): void {
    const note: Note = { ...observation, at: this.#instant() };
    this.#timeline.update((timeline) => fold(timeline, note));
  }

  #hear(event: AuthEvent): void {
    this.#refreshEnd = endToldBy(event, this.#restoring) ?? this.#refreshEnd;
  }

  /** The refresh is public as a signal only: its edges are found by comparing. */
  #compare(refreshing: boolean): void {
    if (refreshing === this.#refreshing) return;
    this.#refreshing = refreshing;
    if (!refreshing) {
      this.note({ type: 'refresh-ended', end: this.#refreshEnd });
      return;
    }
    this.#restoring = !untracked(this.#session.signedIn);
    // A refusal that changes nothing for the session raises no event.
    this.#refreshEnd = 'refused';
    this.note({ type: 'refresh-started' });
  }

  /** All notes of one turn carry one time, so that a step without a wait in between has no length. */
  #instant(): number {
    if (this.#turn === null) {
      this.#turn = performance.now();
      queueMicrotask(() => {
        this.#compare(untracked(this.#session.refreshing));
        this.#turn = null;
      });
    }
    return this.#turn;
  }
}

function endToldBy(event: AuthEvent, restoring: boolean): RefreshEnd | null {
  switch (event.type) {
    case 'refreshed':
      return event.origin === 'other-tab' ? 'adopted' : 'refreshed';
    case 'refresh-unavailable':
      return 'unavailable';
    case 'signed-in':
      return restoring ? 'refreshed' : 'stopped';
    case 'signed-out':
      return event.reason === 'refused' ? 'refused' : 'stopped';
    default:
      return null;
  }
}
