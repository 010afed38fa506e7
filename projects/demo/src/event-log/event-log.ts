import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Journal } from './journal';

@Component({
  selector: 'demo-event-log',
  imports: [DatePipe],
  template: `
    <section class="panel" aria-labelledby="event-log-title">
      <h2 id="event-log-title">What the session told</h2>
      <ol tabindex="0" aria-labelledby="event-log-title">
        @for (entry of entries(); track entry.key) {
          <li data-testid="event" [attr.data-type]="entry.type">
            <time>{{ entry.at | date: 'HH:mm:ss' }}</time>
            <span>{{ entry.words }}</span>
          </li>
        } @empty {
          <li class="none">Nothing yet.</li>
        }
      </ol>
    </section>
  `,
  styleUrl: './event-log.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EventLog {
  protected readonly entries = inject(Journal).entries;
}
