/** Something with a name at two figures. */
export interface Point {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly isOurs: boolean;
}

const WIDTH = 760;
const HEIGHT = 460;
const LEFT = 70;
const RIGHT = 180;
const TOP = 30;
const BOTTOM = 60;
const LABEL_HEIGHT = 15;
const LETTER_WIDTH = 7;
/** Between a dot and its label. */
const GAP = 10;
const MARKS = [1, 1.5, 2, 3, 5, 10, 20, 40];

/** Cost against features: what is low and to the right does much for little. */
export function drawPlot(points: readonly Point[], mostFeatures: number): string {
  const highest = Math.max(...points.map(({ y }) => y), 2) * 1.15;
  const across = (x: number) => LEFT + (x / mostFeatures) * (WIDTH - LEFT - RIGHT);
  const up = (y: number) => HEIGHT - BOTTOM - (Math.log(y) / Math.log(highest)) * (HEIGHT - TOP - BOTTOM);
  const marks = MARKS.filter((mark) => mark <= highest).map((mark) => grid(up(mark), `${mark} ×`));
  const steps = Array.from({ length: mostFeatures + 1 }, (_, x) =>
    text({ x: across(x), y: HEIGHT - BOTTOM + 20 }, `${x}`, 'middle'),
  );
  const dots = points.map(({ x, y, isOurs }) => {
    const look = isOurs ? 'r="7" fill="#0b6e4f"' : 'r="5" fill="#5b6770"';
    return `<circle cx="${across(x).toFixed(1)}" cy="${up(y).toFixed(1)}" ${look}/>`;
  });
  const labels = placeLabels(
    points.map((point) => ({ ...point, x: across(point.x) + GAP, y: up(point.y) + 4 })),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img">`,
    '<title>Cost of a request against what the interceptor does</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...marks,
    ...steps,
    ...dots,
    ...labels,
    text(
      { x: across(mostFeatures / 2), y: HEIGHT - 15 },
      `what it does, of ${mostFeatures} features`,
      'middle',
    ),
    text({ x: LEFT - 55, y: TOP - 10 }, 'cost of a request, × bare HttpClient (logarithmic)', 'start'),
    '</svg>',
    '',
  ].join('\n');
}

function grid(y: number, label: string): string {
  const line = `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="#d7dde2"/>`;
  return line + text({ x: LEFT - 8, y: y + 4 }, label, 'end');
}

/** From the top down, each below the last where they would meet. */
function placeLabels(points: readonly Point[]): string[] {
  const placed: Point[] = [];
  for (const point of points.toSorted((one, other) => one.y - other.y)) {
    const near = placed.filter(({ x }) => Math.abs(x - point.x) < RIGHT);
    const lowest = Math.max(...near.map(({ y }) => y + LABEL_HEIGHT), 0);
    placed.push({ ...point, y: Math.max(point.y, lowest) });
  }
  return placed.map(({ name, x, y, isOurs }) => {
    const words = name.length * LETTER_WIDTH;
    const isInTheWay = points.some(
      (other) => other.x > x && other.x < x + words + GAP && Math.abs(other.y - y) < LABEL_HEIGHT,
    );
    const look = isOurs ? ' font-weight="bold"' : '';
    // Where a dot would be under it, to the left of its own.
    return isInTheWay ? text({ x: x - 2 * GAP, y }, name, 'end', look) : text({ x, y }, name, 'start', look);
  });
}

function text(
  { x, y }: { x: number; y: number },
  words: string,
  ...[anchor, look = '']: [string, string?]
): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#1d2329"${look}>${safe}</text>`;
}
