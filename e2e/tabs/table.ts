/** The longest name there is has nine letters. */
const NAME_WIDTH = 9;
const GAP = '  ';

type PrintRow = (names: readonly string[], figures: readonly number[]) => void;

/** Prints the headings of a table, and returns what prints a row below them. */
export function startTable(names: readonly string[], figures: readonly string[]): PrintRow {
  const print = (left: readonly string[], right: readonly string[]): void => {
    const cells = [
      ...left.map((name) => name.padEnd(NAME_WIDTH)),
      ...right.map((figure, index) => figure.padStart(figures[index]?.length ?? 0)),
    ];
    console.log(cells.join(GAP).trimEnd());
  };
  print(names, figures);
  return (left, right) =>
    print(
      left,
      right.map((figure) => String(Math.round(figure))),
    );
}
