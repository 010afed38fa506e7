import { ChangeDetectionStrategy, Component, computed, effect, input, signal } from '@angular/core';
import { drawWhileMoving } from '../frames';
import { LaneRow } from '../lane-row/lane-row';
import { inWords, spanFor, ticksFor } from '../time-scale';
import { endOf, type Refresh, startOf, type Timeline } from '../timeline';

/** The stretch of time on the axis. */
export interface Axis {
  readonly from: number;
  readonly spanMs: number;
  readonly now: number;
}

@Component({
  selector: 'demo-timeline-plot',
  imports: [LaneRow],
  templateUrl: './timeline-plot.html',
  styleUrl: './timeline-plot.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[attr.data-density]': 'density()' },
})
export class TimelinePlot {
  readonly timeline = input.required<Timeline>();
  readonly moving = input.required<boolean>();
  readonly #drawnAt = signal(0);

  protected readonly density = computed(() => {
    const lanes = this.timeline().lanes.length;
    if (lanes <= 9) return 'roomy';
    return lanes <= 18 ? 'snug' : 'thin';
  });

  protected readonly axis = computed<Axis>(() => {
    const now = endOf(this.timeline(), this.#drawnAt());
    const from = startOf(this.timeline()) ?? now;
    return { from, now: Math.max(now, from), spanMs: spanFor(now - from) };
  });

  protected readonly ticks = computed(() => {
    const { spanMs } = this.axis();
    if (startOf(this.timeline()) === null) return [];
    return ticksFor(spanMs).map((tick) => ({ percent: (100 * tick) / spanMs, words: inWords(tick) }));
  });

  protected readonly bands = computed(() =>
    this.timeline().refreshes.map((refresh) => bandOf(refresh, this.axis())),
  );

  constructor() {
    effect((onCleanup) => {
      this.#drawnAt.set(performance.now());
      if (this.moving()) {
        onCleanup(
          drawWhileMoving((now) => {
            this.#drawnAt.set(now);
          }),
        );
      }
    });
  }
}

function bandOf(refresh: Refresh, { from, spanMs, now }: Axis) {
  const to = refresh.state === 'running' ? now : refresh.to;
  const left = (100 * (refresh.from - from)) / spanMs;
  return {
    state: refresh.state,
    left,
    width: (100 * (to - refresh.from)) / spanMs,
    words: `${nameOf(refresh)}, ${inWords(to - refresh.from)}`,
    // A name that begins near the right edge reaches to the left of it.
    reachesLeft: left > 55,
  };
}

function nameOf({ state }: Refresh): string {
  switch (state) {
    case 'running':
    case 'refreshed':
      return 'refresh';
    case 'adopted':
      return 'adopted';
    default:
      return `refresh ${state}`;
  }
}
