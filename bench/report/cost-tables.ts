import { type CostFigures, VARIANTS } from '../measure/cost.ts';
import { type Figures, grouped, NOTHING, told } from './figures.ts';
import type { Table } from './table.ts';

export function costTable(figures: Figures, where: 'Node' | 'Chromium'): Table {
  const cost = where === 'Node' ? figures.cost : figures.chromiumCost;
  return {
    title: `Cost of a request with a ready token, ${where}`,
    columns: ['', 'ns added', '× bare HttpClient', '× smallest gate'],
    rows: figures.entrants.map(({ id, about }) => [about.name, ...costCells(cost.get(id))]),
    notes: where === 'Node' ? [notesOnCost()] : [],
  };
}

function costCells(cost: CostFigures | undefined): string[] {
  if (!cost) return [NOTHING, NOTHING, NOTHING];
  return [grouped(cost.nanosecondsAdded.median), told(cost.timesBare), told(cost.timesGate)];
}

function notesOnCost(): string {
  return 'Bare HttpClient and the smallest gate are also measured against themselves: what differs from 1 there is noise.';
}

export function variantTable({ entrants, variants }: Figures): Table {
  return {
    title: 'The same request in other ways, × its usual cost, Node',
    columns: ['', ...VARIANTS.map(({ label }) => label)],
    rows: entrants.map(({ id, about }) => [
      about.name,
      ...VARIANTS.map(({ label }) => {
        const spread = variants.get(id)?.get(label);
        return spread ? told(spread) : NOTHING;
      }),
    ]),
    notes: [
      'Usual: one origin allowed, the token in memory, fifty URLs over and over. In a longer list the API stands last.',
      'A dash: it has no such list, or no such store.',
    ],
  };
}
