/** Where most samples lie. */
export interface Spread {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
}

/** The value below which that share of the figures lies, between neighbours in proportion. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new Error('There are no figures.');
  return below + (above - below) * (place - Math.floor(place));
}

export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}

export function spread(figures: readonly number[]): Spread {
  return { median: median(figures), p10: quantile(figures, 0.1), p90: quantile(figures, 0.9) };
}

/** The median of the ratios of figures that were taken side by side. */
export function ratioOfNeighbours(figures: readonly number[], beside: readonly number[]): number {
  if (figures.length !== beside.length) throw new Error('Each figure needs a neighbour.');
  return median(figures.map((figure, index) => figure / (beside[index] ?? NaN)));
}
