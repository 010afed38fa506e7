/** One change to the source, and what the specs made of it. */
export interface Mutant {
  /** Below `src`. */
  readonly file: string;
  readonly lineNumber: number;
  /** The source line on which it begins, trimmed. */
  readonly line: string;
  /** The kind of change, as Stryker names it. */
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  readonly fate: Fate;
}

/** `'invalid'`: it could not be tried, and counts for nothing. */
export type Fate = 'killed' | 'timed out' | 'survived' | 'invalid';

/** What is read of Stryker's JSON report. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: ReportedMutant[] }>>;
}

interface ReportedMutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** Both count from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

const FATES: Readonly<Record<string, Fate>> = {
  Killed: 'killed',
  Timeout: 'timed out',
  Survived: 'survived',
  NoCoverage: 'survived',
};

/** All mutants of a report, file after file. */
export function readMutants({ files }: Report): Mutant[] {
  return Object.entries(files).flatMap(([path, { source, mutants }]) =>
    mutants.map(({ mutatorName, replacement = '', status, location }) => ({
      file: path.replace(/^.*\/src\//, ''),
      lineNumber: location.start.line,
      line: source.split('\n')[location.start.line - 1]?.trim() ?? '',
      mutator: mutatorName,
      original: flatten(source.slice(offset(source, location.start), offset(source, location.end))),
      replacement: flatten(replacement),
      fate: FATES[status] ?? 'invalid',
    })),
  );
}

function offset(source: string, { line, column }: Position): number {
  const before = source.split('\n').slice(0, line - 1);
  return before.join('\n').length + (line > 1 ? 1 : 0) + column - 1;
}

/** On one line, however it was laid out. */
function flatten(code: string): string {
  return code.replace(/\s+/g, ' ').trim();
}
