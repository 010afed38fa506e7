import { array, type Arbitrary, oneof, record } from 'fast-check';
import { type Alternative, type Choices, RecordOf } from './choices.ts';

/** How often each kind of step comes, and what its fields may be, the simplest first. */
export type StepChoices<Step extends { readonly kind: string }> = {
  readonly [K in Step['kind']]: {
    readonly weight: number;
    readonly choices: Choices<Omit<Extract<Step, { kind: K }>, 'kind'>>;
  };
};

/** What may happen, from start to end, and what it happens under. */
export interface ProgramOf<Setting, Step> {
  readonly setting: Setting;
  readonly steps: readonly Step[];
}

/** A step with more fields than that is told by what is unusual in it. */
const FEW_FIELDS = 4;

/** Makes programs of the steps of a model, and puts them in words. */
export class Grammar<Setting extends object, Step extends { readonly kind: string }> {
  /** Programs of 5 to 60 steps. */
  readonly programs: Arbitrary<ProgramOf<Setting, Step>>;
  readonly #settings: Readonly<Record<string, readonly unknown[]>>;
  readonly #steps: Readonly<
    Record<string, { readonly choices: Readonly<Record<string, readonly unknown[]>> }>
  >;

  constructor(settings: Choices<Setting>, steps: StepChoices<Step>) {
    this.#settings = settings;
    this.#steps = steps;
    const kinds = Object.keys(steps) as Step['kind'][];
    const alternatives = kinds.map((kind) => {
      const { weight, choices } = steps[kind];
      return { weight, choices: { kind: [kind], ...choices } } as unknown as Alternative<Step>;
    });
    const step = new RecordOf<Step>(alternatives, ({ kind }) => kinds.indexOf(kind));
    this.programs = record({
      setting: new RecordOf<Setting>([{ weight: 1, choices: settings }]),
      // Many short ones find more than few long ones; but some faults want a long history.
      steps: oneof(
        { weight: 3, arbitrary: array(step, { minLength: 5, maxLength: 20, size: 'max' }) },
        { weight: 1, arbitrary: array(step, { minLength: 5, maxLength: 60, size: 'max' }) },
      ),
    });
  }

  /** A program for people to read: what differs from the simplest setting, then each step. */
  describe({ setting, steps }: ProgramOf<Setting, Step>): string {
    const unusual = Object.entries(setting)
      .filter(([name, value]) => value !== this.#settings[name]?.[0])
      .map(([name, value]) => `${name}: ${String(value)}`);
    const lines = steps.map((step, index) => `${String(index + 1).padStart(4)}. ${this.describeStep(step)}`);
    return [`  setting: ${unusual.join(', ') || 'the simplest'}`, ...lines].join('\n');
  }

  /** A step in one line. */
  describeStep(step: Step): string {
    const choices = this.#steps[step.kind]?.choices ?? {};
    const isLong = Object.keys(choices).length > FEW_FIELDS;
    const details = Object.entries<unknown>(step)
      .filter(([name]) => name !== 'kind')
      .filter(([name, value]) => !isLong || value !== choices[name]?.[0])
      .map(([name, value]) => `${name} ${String(value)}`);
    return [step.kind, details.join(', ')].filter(Boolean).join(': ');
  }
}
