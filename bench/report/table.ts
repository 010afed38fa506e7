/** Text in columns. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What has to be known to read it. */
  readonly notes: readonly string[];
}

/** For a terminal. */
export function drawText({ title, columns, rows, notes }: Table): string {
  const widths = widthsOf([columns, ...rows]);
  const line = (cells: readonly string[]) => `  ${pad(cells, widths).join('   ')}`.trimEnd();
  const said = notes.map((note) => `  ${note}`);
  return [title, '', line(columns), ...rows.map(line), '', ...said].join('\n').trimEnd();
}

/** For a page, in columns of one width, as Prettier leaves it. */
export function drawMarkdown({ columns, rows, notes }: Table): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = widthsOf(cells).map((width) => Math.max(width, 3));
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const rule = line(
    widths.map((width, index) => (index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)),
  );
  const [head = '', ...body] = cells.map((row) => line(pad(row, widths)));
  return [head, rule, ...body, ...notes.flatMap((note) => ['', note])].join('\n');
}

/** The first column begins at the left, the others end at the right. */
function pad(cells: readonly string[], widths: readonly number[]): string[] {
  return widths.map((width, index) => {
    const cell = cells[index] ?? '';
    return index === 0 ? cell.padEnd(width) : cell.padStart(width);
  });
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const count = Math.max(...rows.map(({ length }) => length));
  return Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
}
