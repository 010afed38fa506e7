import type { Fate, Mutant } from './mutant.ts';
import type { Survivor } from './survivors/survivor.ts';

/** How many mutants met which fate. */
export interface Totals {
  readonly mutants: number;
  readonly counts: Readonly<Record<Fate, number>>;
  /** The share that the specs noticed, in percent, of those that could be tried. */
  readonly score: number;
}

const LEAST_SCORE = 95;

/** Where a mistake gives a token away, or loses a session: nothing survives there that makes a difference. */
const CRITICAL: readonly string[] = [
  'request/token-scope.ts',
  'session/tokens.ts',
  'session/token-lifetime.ts',
  'session/credential.ts',
  'session/session-record.ts',
  'refresh/refresh-gate.ts',
  'refresh/hold.ts',
];

export function total(mutants: readonly Mutant[]): Totals {
  const counts: Record<Fate, number> = { killed: 0, 'timed out': 0, survived: 0, invalid: 0 };
  for (const { fate } of mutants) counts[fate]++;
  const noticed = counts.killed + counts['timed out'];
  const tried = noticed + counts.survived;
  return { mutants: mutants.length, counts, score: tried > 0 ? (noticed / tried) * 100 : 100 };
}

/** Why a mutant survives, where that is written down. */
export function reasonFor(mutant: Mutant, known: readonly Survivor[]): Survivor | undefined {
  return known.find((survivor) => isAbout(survivor, mutant));
}

/** What is wrong with a result, in sentences; none where all is well. */
export function findFaults(mutants: readonly Mutant[], known: readonly Survivor[]): string[] {
  const survived = mutants.filter(({ fate }) => fate === 'survived');
  const { score } = total(mutants);
  return [
    ...(mutants.length > 0 ? [] : ['there are no mutants at all']),
    ...(score < LEAST_SCORE ? [`the score is ${score.toFixed(2)}, below ${LEAST_SCORE}`] : []),
    ...survived
      .filter((mutant) => !reasonFor(mutant, known))
      .map((mutant) => `${describe(mutant)} survives, and nobody says why`),
    ...known
      .filter((survivor) => !survived.some((mutant) => isAbout(survivor, mutant)))
      .map((survivor) => `${describe(survivor)} is listed, and does not survive`),
    ...known
      .filter(({ file, kind }) => kind !== 'equivalent' && CRITICAL.includes(file))
      .map((survivor) => `${describe(survivor)} makes a difference where none may survive`),
  ];
}

/** One mutant in a line. */
export function describe({ file, mutator, original, replacement }: Mutant | Survivor): string {
  return `${file} ${mutator}: ${shorten(original)} → ${shorten(replacement)}`;
}

function isAbout(survivor: Survivor, mutant: Mutant): boolean {
  return (['file', 'line', 'mutator', 'original', 'replacement'] as const).every(
    (name) => survivor[name] === mutant[name],
  );
}

function shorten(code: string): string {
  return code.length > 70 ? `${code.slice(0, 69)}…` : code;
}
