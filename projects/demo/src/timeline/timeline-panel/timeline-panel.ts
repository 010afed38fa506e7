import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { LaneTable } from '../lane-table/lane-table';
import { Recorder } from '../recorder';
import { headlineParts, tallyOf } from '../tally';
import { isQuiet, startOf } from '../timeline';
import { TimelinePlot } from '../timeline-plot/timeline-plot';

@Component({
  selector: 'demo-timeline-panel',
  imports: [LaneTable, TimelinePlot],
  templateUrl: './timeline-panel.html',
  styleUrl: './timeline-panel.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TimelinePanel {
  protected readonly timeline = inject(Recorder).timeline;
  protected readonly moving = computed(() => !isQuiet(this.timeline()));
  protected readonly empty = computed(() => startOf(this.timeline()) === null);
  protected readonly headline = computed(() => headlineParts(tallyOf(this.timeline())));
}
