import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { secondHand } from '../second-hand';
import { failureInWords } from './failure-words';
import { MessageBoard } from './message-board';

@Component({
  selector: 'demo-message-area',
  template: `
    @if (rows().length > 0) {
      <ul data-testid="message">
        @for (row of rows(); track $index) {
          <li>
            {{ row.words }}
            @if (row.calls > 1) {
              <span>{{ row.calls }} calls</span>
            }
          </li>
        }
      </ul>
    }
    <p class="visually-hidden" role="status">{{ announcement() }}</p>
  `,
  styleUrl: './message-area.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MessageArea {
  readonly #messages = inject(MessageBoard).messages;
  readonly #now = secondHand();

  protected readonly rows = computed(() =>
    this.#messages().map(({ failure, calls }) => ({ words: failureInWords(failure, this.#now()), calls })),
  );

  /** Said once: a countdown read aloud every second would drown everything else. */
  protected readonly announcement = computed(() =>
    this.#messages()
      .map(({ failure }) => failureInWords(failure, Date.now()))
      .join(' '),
  );
}
