/** Where a call stands. `done` and `failed` are final. */
export type LaneState = 'sent' | 'rejected' | 'held' | 'replayed' | 'done' | 'failed';

/** A lane entered `state` at this moment (milliseconds of the page's monotonic clock). */
export interface Step {
  readonly state: LaneState;
  readonly at: number;
}

/** One call of the application, from the moment it was issued to what its caller got. */
export interface Lane {
  readonly call: number;
  readonly method: string;
  readonly path: string;
  readonly steps: readonly Step[];
  /** The last status the caller saw; null while the call is open or if it was given up. */
  readonly status: number | null;
}

/** `adopted`: another tab was quicker, and its tokens are used here too. */
export type RefreshEnd = 'refreshed' | 'adopted' | 'unavailable' | 'refused' | 'stopped';

/** One refresh of the tokens, drawn as a band across the lanes. */
export type Refresh =
  | { readonly state: 'running'; readonly from: number }
  | { readonly state: RefreshEnd; readonly from: number; readonly to: number };

/** Everything on show: the calls and refreshes of the last burst. */
export interface Timeline {
  readonly lanes: readonly Lane[];
  readonly refreshes: readonly Refresh[];
}

/** One observation. A timeline is nothing but its notes, folded in order. */
export type Note =
  | { readonly type: 'burst-begun'; readonly at: number }
  | CallNote
  | { readonly type: 'refresh-started'; readonly at: number }
  | { readonly type: 'refresh-ended'; readonly at: number; readonly end: RefreshEnd };

export type CallNote =
  | {
      readonly type: 'issued';
      readonly at: number;
      readonly call: number;
      readonly method: string;
      readonly path: string;
    }
  | { readonly type: 'sent'; readonly at: number; readonly call: number }
  | { readonly type: 'rejected'; readonly at: number; readonly call: number }
  | {
      readonly type: 'ended';
      readonly at: number;
      readonly call: number;
      readonly state: 'done' | 'failed';
      readonly status: number | null;
    };

export const emptyTimeline: Timeline = { lanes: [], refreshes: [] };

/** The timeline after one more note. */
export function fold(timeline: Timeline, note: Note): Timeline {
  switch (note.type) {
    case 'burst-begun':
      // What is still open stays on show: a new burst may join a refresh that already runs.
      return isQuiet(timeline) ? emptyTimeline : timeline;
    case 'refresh-started':
      return startRefresh(timeline, note.at);
    case 'refresh-ended':
      return {
        ...timeline,
        refreshes: timeline.refreshes.map((refresh) =>
          refresh.state === 'running' ? { state: note.end, from: refresh.from, to: note.at } : refresh,
        ),
      };
    case 'issued':
      return { ...timeline, lanes: [...timeline.lanes, newLane(note)] };
    default:
      return {
        ...timeline,
        lanes: timeline.lanes.map((lane) => (lane.call === note.call ? advance(lane, note, timeline) : lane)),
      };
  }
}

export function stateOf(lane: Lane): LaneState {
  return lane.steps.at(-1)?.state ?? 'held';
}

export function isOpen(lane: Lane): boolean {
  const state = stateOf(lane);
  return state !== 'done' && state !== 'failed';
}

/** Nothing on show can still change by itself. */
export function isQuiet(timeline: Timeline): boolean {
  return !timeline.lanes.some(isOpen) && !isRefreshing(timeline);
}

/** The first moment on show, or null while nothing is. */
export function startOf({ lanes, refreshes }: Timeline): number | null {
  const moments = [
    ...lanes.flatMap(({ steps }) => steps.slice(0, 1).map(({ at }) => at)),
    ...refreshes.map(({ from }) => from),
  ];
  return moments.length === 0 ? null : Math.min(...moments);
}

/** The last moment on show: `now` while anything moves. */
export function endOf(timeline: Timeline, now: number): number {
  if (!isQuiet(timeline)) return now;
  const moments = [
    ...timeline.lanes.flatMap(({ steps }) => steps.slice(-1).map(({ at }) => at)),
    ...timeline.refreshes.map((refresh) => (refresh.state === 'running' ? now : refresh.to)),
  ];
  return moments.length === 0 ? now : Math.max(...moments);
}

function isRefreshing(timeline: Timeline): boolean {
  return timeline.refreshes.some(({ state }) => state === 'running');
}

function startRefresh(timeline: Timeline, at: number): Timeline {
  if (isRefreshing(timeline)) return timeline;
  return {
    // A rejected call waits from the moment there is a refresh to wait for.
    lanes: timeline.lanes.map((lane) =>
      stateOf(lane) === 'rejected' ? enter(lane, { state: 'held', at }) : lane,
    ),
    refreshes: [...timeline.refreshes, { state: 'running', from: at }],
  };
}

function newLane({ call, method, path, at }: Extract<Note, { type: 'issued' }>): Lane {
  return { call, method, path, steps: [{ state: 'held', at }], status: null };
}

function advance(lane: Lane, note: Exclude<CallNote, { type: 'issued' }>, timeline: Timeline): Lane {
  if (!isOpen(lane)) return lane;
  switch (note.type) {
    case 'sent':
      return enter(lane, { state: hasBeenSent(lane) ? 'replayed' : 'sent', at: note.at });
    case 'rejected': {
      const rejected = enter(lane, { state: 'rejected', at: note.at });
      return isRefreshing(timeline) ? enter(rejected, { state: 'held', at: note.at }) : rejected;
    }
    case 'ended':
      return { ...enter(lane, { state: note.state, at: note.at }), status: note.status };
  }
}

function hasBeenSent(lane: Lane): boolean {
  return lane.steps.some(({ state }) => state === 'sent');
}

/** A wait of no length was none: the step that follows in the same instant takes its place. */
function enter(lane: Lane, step: Step): Lane {
  const last = lane.steps.at(-1);
  const waited = last?.state === 'held' && last.at === step.at ? lane.steps.slice(0, -1) : lane.steps;
  return { ...lane, steps: [...waited, step] };
}
