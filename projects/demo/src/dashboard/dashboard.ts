import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  signal,
  untracked,
} from '@angular/core';
import { AuthSession } from 'ngx-bearer';
import { Dispatcher } from '../burst/dispatcher';
import { Depot } from '../depot/depot';
import { type Card, cards } from './cards';
import type { Digest } from './digest';

interface CardContent {
  readonly state: 'loading' | 'loaded' | 'failed';
  /** What the last answer held, shown on while a new one is awaited. */
  readonly digest: Digest | null;
}

@Component({
  selector: 'demo-dashboard',
  templateUrl: './dashboard.html',
  styleUrl: './dashboard.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Dashboard {
  readonly #depot = inject(Depot);
  readonly #dispatcher = inject(Dispatcher);
  readonly #claims = inject(AuthSession).claims;
  readonly #subject = computed(() => this.#claims()?.['sub']);
  readonly #contents = signal<Readonly<Record<string, CardContent>>>({});
  #lastLoad = 0;

  protected readonly rows = computed(() =>
    cards.map((card) => ({ card, content: this.#contents()[card.resource] })),
  );

  constructor() {
    effect(() => {
      this.#subject();
      untracked(() => {
        this.#contents.set({});
        this.#dispatcher.followBurst();
        this.#loadAll();
      });
    });
  }

  /** All six at once, as a page of many parts does. */
  protected load(): void {
    this.#dispatcher.beginBurst();
    this.#loadAll();
  }

  #loadAll(): void {
    this.#lastLoad += 1;
    for (const card of cards) this.#loadCard(card, this.#lastLoad);
  }

  #loadCard(card: Card, load: number): void {
    const before = this.#contents()[card.resource]?.digest ?? null;
    const show = (content: CardContent) => {
      // An answer that comes late belongs to an earlier load, perhaps to another user.
      if (load !== this.#lastLoad) return;
      this.#contents.update((contents) => ({ ...contents, [card.resource]: content }));
    };
    show({ state: 'loading', digest: before });
    this.#dispatcher.send(this.#depot.read(`/${card.resource}`), {
      received: (body) => {
        show({ state: 'loaded', digest: card.digestOf(body) });
      },
      failed: () => {
        show({ state: 'failed', digest: before });
      },
    });
  }
}
