import { GATE, OURS } from '../measure/entrants.ts';
import { OURS_WHOLE } from '../measure/size.ts';
import { type Figures, grouped, kilobytes, NOTHING, told } from './figures.ts';
import type { Spread } from './statistics.ts';
import type { Table } from './table.ts';

interface Measured {
  readonly text: string;
  readonly isMet: boolean;
}

interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly measured: Measured | null;
}

const MOST_HEAP_BYTES = 50_000;
const QUICKSTART_BYTES = 6_500;
const WHOLE_BYTES = 10_000;

/** What the library sets itself, and whether this run shows it. */
export function targetTable(figures: Figures): Table {
  return {
    title: 'Targets of ngx-bearer in this run',
    columns: ['target', 'wanted', 'measured', 'met'],
    rows: targets(figures).map(({ what, wanted, measured }) => [
      what,
      wanted,
      measured?.text ?? NOTHING,
      measured === null ? '?' : measured.isMet ? 'yes' : 'NO',
    ]),
    notes: [],
  };
}

function targets(figures: Figures): Target[] {
  const { cost, chromiumCost, variants, storms } = figures;
  const ours = storms.get(OURS)?.bySize;
  const inNode = cost.get(OURS)?.timesGate;
  const inChromium = chromiumCost.get(OURS)?.timesGate;
  const many = variants.get(OURS)?.get('50 allowed');
  return [
    { what: 'cost of a request, Node', wanted: '≤ 1.05 × smallest gate', measured: atMost(inNode, 1.05) },
    {
      what: 'cost of a request, Chromium',
      wanted: '≤ 1.05 × smallest gate',
      measured: atMost(inChromium, 1.05),
    },
    { what: 'cost of a request', wanted: 'below every peer', measured: belowPeers(figures) },
    {
      what: 'with 50 allow entries',
      wanted: '± 10 % of with one',
      measured: many ? { text: told(many), isMet: Math.abs(many.median - 1) <= 0.1 } : null,
    },
    {
      what: 'storm of 10,000',
      wanted: '≤ 1.0 × smallest gate',
      measured: atMost(ours?.get(10_000)?.timesGate, 1),
    },
    { what: 'storm of 100,000, time a request', wanted: '≤ 1.2 × that at 1,000', measured: growth(figures) },
    ...weights(figures),
  ];
}

function weights({ heap, sizes }: Figures): Target[] {
  return [
    {
      what: 'heap kept after a storm of 10,000',
      wanted: `≤ ${kilobytes(MOST_HEAP_BYTES)}`,
      measured: bytesAtMost(heap.get(OURS)?.median, MOST_HEAP_BYTES),
    },
    {
      what: 'quickstart, min+gzip',
      wanted: `≤ ${kilobytes(QUICKSTART_BYTES)}`,
      measured: bytesAtMost(sizes.get(OURS)?.gzip, QUICKSTART_BYTES),
    },
    {
      what: 'every export, many tabs included',
      wanted: `≤ ${kilobytes(WHOLE_BYTES)}`,
      measured: bytesAtMost(sizes.get(OURS_WHOLE)?.gzip, WHOLE_BYTES),
    },
  ];
}

function atMost(ratio: Spread | undefined, most: number): Measured | null {
  return ratio ? { text: told(ratio), isMet: ratio.median <= most } : null;
}

function bytesAtMost(bytes: number | undefined, most: number): Measured | null {
  return bytes === undefined ? null : { text: kilobytes(Math.max(0, bytes)), isMet: bytes <= most };
}

/** Peers are those with a package of their own. */
function belowPeers({ entrants, cost }: Figures): Measured | null {
  const own = cost.get(OURS)?.timesBare.median;
  const peers = entrants.filter(({ id, about }) => id !== OURS && about.packages.length > 0);
  const figures = peers.flatMap(({ id, about }) => {
    const median = cost.get(id)?.timesBare.median;
    return median === undefined ? [] : [{ name: about.name, median }];
  });
  const [lightest] = figures.sort((one, other) => one.median - other.median);
  if (own === undefined || !lightest) return null;
  const text = `${grouped(own, 2)}; the lightest peer is ${lightest.name}: ${grouped(lightest.median, 2)}`;
  return { text, isMet: own < lightest.median };
}

function growth({ storms }: Figures): Measured | null {
  const own = storms.get(OURS)?.growth;
  const gate = storms.get(GATE)?.growth;
  if (!own) return null;
  return {
    text: `${told(own)}${gate ? `; the smallest gate: ${told(gate)}` : ''}`,
    isMet: own.median <= 1.2,
  };
}
