import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { isOpen, type Lane, type LaneState, stateOf, type Step } from '../timeline';
import type { Axis } from '../timeline-plot/timeline-plot';

/** A stretch of a lane, or a mark of no width, in percent of the axis. */
interface Piece {
  readonly state: LaneState;
  readonly left: number;
  readonly width: number;
}

@Component({
  selector: 'demo-lane-row',
  template: `
    <span class="name"
      ><span>{{ lane().method }}</span> {{ lane().path }}</span
    >
    <div class="track">
      @for (piece of pieces(); track $index) {
        <i [class]="piece.state" [style.left.%]="piece.left" [style.width.%]="piece.width"></i>
      }
    </div>
    <span class="end">{{ end() }}</span>
  `,
  styleUrl: './lane-row.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    'data-testid': 'lane',
    '[attr.data-state]': 'state()',
    '[attr.data-path]': 'lane().path',
  },
})
export class LaneRow {
  readonly lane = input.required<Lane>();
  readonly axis = input.required<Axis>();

  protected readonly state = computed(() => stateOf(this.lane()));
  protected readonly end = computed(() => {
    const lane = this.lane();
    if (isOpen(lane)) return stateOf(lane);
    return lane.status === null ? 'given up' : `${lane.status || '✕'}`;
  });

  protected readonly pieces = computed<readonly Piece[]>(() => {
    const { steps } = this.lane();
    return steps.map((step, index) => this.#pieceOf(step, steps[index + 1]));
  });

  #pieceOf({ state, at }: Step, next: Step | undefined): Piece {
    const { from, spanMs, now } = this.axis();
    const isMark = state === 'rejected' || state === 'done' || state === 'failed';
    const until = isMark ? at : (next?.at ?? now);
    return { state, left: (100 * (at - from)) / spanMs, width: (100 * (until - at)) / spanMs };
  }
}
