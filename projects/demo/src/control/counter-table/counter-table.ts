import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { ControlRoom } from '../control-room';
import type { Counters } from '../server-counters';

const rows: readonly { readonly name: keyof Counters; readonly label: string }[] = [
  { name: 'requests', label: 'Requests' },
  { name: 'rejections', label: 'Rejections' },
  { name: 'refreshes', label: 'Refreshes' },
  { name: 'applications', label: 'Orders placed' },
];

@Component({
  selector: 'demo-counter-table',
  template: `
    <section aria-labelledby="counter-table-title">
      <table>
        <caption id="counter-table-title">
          Counted by the server
        </caption>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">Counted</span></th>
            <th scope="col">this burst</th>
            <th scope="col">in all</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.name) {
            <tr [class]="row.name">
              <th scope="row">{{ row.label }}</th>
              <td class="burst">{{ row.burst }}</td>
              <td [attr.data-testid]="'counter-' + row.name">{{ row.all }}</td>
            </tr>
          }
        </tbody>
      </table>
      <p>A replay is a request too: six rejected and six replayed make twelve.</p>
    </section>
  `,
  styleUrl: './counter-table.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CounterTable {
  readonly #controlRoom = inject(ControlRoom);

  protected readonly rows = computed(() => {
    const all = this.#controlRoom.counters();
    const burst = this.#controlRoom.countersOfBurst();
    return rows.map(({ name, label }) => ({ name, label, all: all[name], burst: burst ? burst[name] : '–' }));
  });
}
