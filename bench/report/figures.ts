import type { CostFigures, VariantFigures } from '../measure/cost.ts';
import type { Entrant } from '../measure/entrants.ts';
import type { Manners } from '../measure/manners.ts';
import type { Size } from '../measure/size.ts';
import type { Storms } from '../measure/storm.ts';
import type { Spread } from './statistics.ts';

/** All that a run has measured. */
export interface Figures {
  readonly entrants: readonly Entrant[];
  readonly cost: ReadonlyMap<string, CostFigures>;
  readonly chromiumCost: ReadonlyMap<string, CostFigures>;
  readonly variants: VariantFigures;
  readonly storms: Storms;
  readonly chromiumStorms: Storms;
  readonly heap: ReadonlyMap<string, Spread>;
  readonly manners: Manners;
  readonly sizes: ReadonlyMap<string, Size>;
  readonly troubles: readonly string[];
}

export const NOTHING = '–';

export function grouped(figure: number, digits = 0): string {
  return figure.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `1.48 (1.44–1.53)`: the median, and where eight of ten samples lie, if there were more than one. */
export function told({ median, p10, p90 }: Spread, digits = 2): string {
  if (p10 === p90) return grouped(median, digits);
  return `${grouped(median, digits)} (${grouped(p10, digits)}–${grouped(p90, digits)})`;
}

export function kilobytes(bytes: number): string {
  return `${grouped(bytes / 1000, 1)} kB`;
}
