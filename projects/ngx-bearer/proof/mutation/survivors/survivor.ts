/** A mutant that no spec kills, known by its content: it stays known when lines move. */
export interface Survivor {
  /** Below `src`. */
  readonly file: string;
  /** The source line on which it begins, trimmed. */
  readonly line: string;
  /** The kind of change, as Stryker names it. */
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  /** `'equivalent'`: no caller, server or store could ever tell. `'minor'`: one could, and would not mind. */
  readonly kind: 'equivalent' | 'minor';
  readonly reason: string;
}
