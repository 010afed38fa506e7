import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { inWords } from '../time-scale';
import { type Lane, type LaneState, type Refresh, startOf, stateOf, type Timeline } from '../timeline';

@Component({
  selector: 'demo-lane-table',
  templateUrl: './lane-table.html',
  styleUrl: './lane-table.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LaneTable {
  readonly timeline = input.required<Timeline>();

  readonly #from = computed(() => startOf(this.timeline()) ?? 0);
  protected readonly rows = computed(() => this.timeline().lanes.map((lane) => rowOf(lane, this.#from())));
  protected readonly refreshes = computed(() =>
    this.timeline().refreshes.map((refresh) => sentenceOf(refresh, this.#from())),
  );
}

function rowOf(lane: Lane, from: number) {
  const moment = (wanted: LaneState) => {
    const step = lane.steps.find(({ state }) => state === wanted);
    return step ? inWords(step.at - from) : '–';
  };
  return {
    call: lane.call,
    request: `${lane.method} ${lane.path}`,
    moments: [moment('sent'), moment('rejected'), moment('held'), moment('replayed')],
    end: lane.status ? `${stateOf(lane)} (${lane.status})` : stateOf(lane),
  };
}

function sentenceOf(refresh: Refresh, from: number): string {
  const begun = `A refresh began at ${inWords(refresh.from - from)}`;
  if (refresh.state === 'running') return `${begun}.`;
  const end = refresh.state === 'adopted' ? 'tokens of another tab were adopted' : refresh.state;
  return `${begun}; ${end} at ${inWords(refresh.to - from)}.`;
}
