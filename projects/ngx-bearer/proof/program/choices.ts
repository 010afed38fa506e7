import { Arbitrary, type Random, Stream, Value } from 'fast-check';

/** What each field of a record may be, the simplest first; what stands there twice comes twice as often. */
export type Choices<T> = { readonly [Field in keyof T]: readonly T[Field][] };

/** One kind of record. */
export interface Alternative<T> {
  readonly weight: number;
  readonly choices: Choices<T>;
}

/** Records of several kinds. They shrink field by field towards the first choice, and keep their kind. */
export class RecordOf<T extends object> extends Arbitrary<T> {
  readonly #alternatives: readonly { upTo: number; fields: [string, readonly unknown[]][] }[];
  readonly #kindOf: (record: T) => number;
  readonly #total: number;

  constructor(alternatives: readonly Alternative<T>[], kindOf: (record: T) => number = () => 0) {
    super();
    let upTo = 0;
    this.#alternatives = alternatives.map(({ weight, choices }) => ({
      upTo: (upTo += Math.round(weight * 10)),
      fields: Object.entries<readonly unknown[]>(choices),
    }));
    this.#total = upTo;
    this.#kindOf = kindOf;
  }

  override generate(random: Random): Value<T> {
    const at = random.nextInt(0, this.#total - 1);
    const fields = this.#alternatives.find(({ upTo }) => at < upTo)?.fields ?? [];
    const record: Record<string, unknown> = {};
    for (const [field, values] of fields) {
      record[field] = values.length > 1 ? values[random.nextInt(0, values.length - 1)] : values[0];
    }
    return new Value(record as T, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return typeof value === 'object';
  }

  override shrink(value: T): Stream<Value<T>> {
    const fields = this.#alternatives[this.#kindOf(value)]?.fields ?? [];
    const simpler = fields
      .filter(([field, values]) => value[field as keyof T] !== values[0])
      .map(([field, values]) => new Value({ ...value, [field]: values[0] }, undefined));
    return Stream.of(...simpler);
  }
}
