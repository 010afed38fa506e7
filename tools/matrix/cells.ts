/** One combination that a user may have. */
export interface Cell {
  /** `20.1`: the lowest versions the package allows. A major: its newest release. `next`: the npm tag of that name. */
  readonly angular: '20.1' | '20' | '21' | '22' | 'next';
  readonly structure: 'standalone' | 'modules';
  readonly detection: 'zone' | 'zoneless';
  readonly runner: 'karma' | 'vitest';
  /** Into an application without a gate, or in place of a pasted one. */
  readonly setup: 'add' | 'migrate';
}

/** Every row of the table, those of one Angular beside each other: they share what is installed. */
export const cells: readonly Cell[] = [
  cell('20.1', 'standalone', 'zone'),
  cell('20.1', 'modules', 'zoneless'),
  ...(['20', '21', '22'] as const).flatMap((angular) =>
    (['standalone', 'modules'] as const).flatMap((structure) =>
      (['zone', 'zoneless'] as const).map((detection) => cell(angular, structure, detection)),
    ),
  ),
  ...(['standalone', 'modules'] as const).map((structure) => cell('next', structure, 'zoneless')),
];

/** Nobody has released it yet: a failure is a warning. */
export function mayFail({ angular }: Cell): boolean {
  return angular === 'next';
}

export function nameOf({ angular, structure, detection }: Cell): string {
  return `${angular}-${structure}-${detection}`;
}

/** The rows whose name begins with the word: `22`, `22-modules`, `22-modules-zone`. */
export function chooseCells(word: string | undefined): readonly Cell[] {
  if (word === undefined) return cells;
  const chosen = cells.filter((each) => `${nameOf(each)}-`.startsWith(`${word}-`));
  if (chosen.length === 0) {
    throw new Error(`No row is called ${word}. There are: ${cells.map(nameOf).join(', ')}`);
  }
  return chosen;
}

// `ng new` offers Karma alone in 20, and both from 21 on.
function cell(angular: Cell['angular'], structure: Cell['structure'], detection: Cell['detection']): Cell {
  const runner = angular.startsWith('20') || structure === 'modules' ? 'karma' : 'vitest';
  return { angular, structure, detection, runner, setup: detection === 'zone' ? 'migrate' : 'add' };
}
