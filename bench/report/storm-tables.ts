import { healers, LARGEST, STORMS, type StormFigures } from '../measure/storm.ts';
import { FAILURES, type FailureEnd } from '../probes/failure.ts';
import { type Figures, grouped, kilobytes, NOTHING, told } from './figures.ts';
import type { Table } from './table.ts';

const COMPARED = 10_000;

export function stormTable(figures: Figures, where: 'Node' | 'Chromium'): Table {
  const storms = where === 'Node' ? figures.storms : figures.chromiumStorms;
  const sizes = [...STORMS.map(({ size }) => size), LARGEST];
  return {
    title: `Storm of parallel rejections, µs a request, ${where}`,
    columns: ['', ...sizes.map((size) => grouped(size)), `× smallest gate at ${grouped(COMPARED)}`, 'growth'],
    rows: figures.entrants.filter(healers).map(({ id, about }) => {
      const own = storms.get(id);
      const compared = own?.bySize.get(COMPARED);
      return [
        about.name,
        ...sizes.map((size) => each(own?.bySize.get(size))),
        compared ? told(compared.timesGate) : NOTHING,
        own?.growth ? told(own.growth) : NOTHING,
      ];
    }),
    notes: [
      'From the first sending to the last answer, the refresh and all replays counted in.',
      'Growth: the time a request takes among 100,000, × that among 1,000.',
    ],
  };
}

function each(figures: StormFigures | undefined): string {
  return figures ? grouped(figures.microsecondsEach.median, 1) : NOTHING;
}

/** What became of everybody in the largest storm that was gone through. */
export function stormEndTable(figures: Figures): Table {
  return {
    title: 'What became of them',
    columns: ['', 'storm', 'refreshes', 'succeeded', 'failed', 'hung', 'heap kept after 10,000'],
    rows: figures.entrants.filter(healers).map(({ id, about }) => {
      const largest = [...(figures.storms.get(id)?.bySize ?? [])].at(-1);
      if (!largest) return [about.name, ...Array.from({ length: 6 }, () => NOTHING)];
      const [size, { end }] = largest;
      const kept = figures.heap.get(id);
      const counts = [size, end.refreshes, end.succeeded, end.failed, end.hung];
      return [
        about.name,
        ...counts.map((count) => grouped(count)),
        kept ? kilobytes(Math.max(0, kept.median)) : NOTHING,
      ];
    }),
    notes: [`The largest storm is of ${grouped(LARGEST)}.`],
  };
}

const FAILURE_NAMES: Record<FailureEnd['failure'], string> = {
  refuse: 'refused (401)',
  fail: 'fails (503)',
  never: 'never answers',
};

export function failureTable({ entrants, manners }: Figures): Table {
  return {
    title: 'A hundred rejected requests whose refresh …',
    columns: ['', ...FAILURES.map((failure) => FAILURE_NAMES[failure])],
    rows: entrants
      .filter(healers)
      .map(({ id, about }) => [
        about.name,
        ...FAILURES.map((_, index) => failureCell(manners.failures.get(id)?.[index])),
      ]),
    notes: [
      'How many callers got an error and how many still wait after 13 seconds; then whether somebody who signs in next can work.',
    ],
  };
}

function failureCell(end: FailureEnd | undefined): string {
  if (!end) return NOTHING;
  const callers = end.hung > 0 ? `${end.failed} errors, ${end.hung} hang` : `${end.failed} errors`;
  return `${callers}; next session ${end.nextSessionWorks ? 'works' : 'is stuck'}`;
}
