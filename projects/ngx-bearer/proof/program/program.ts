import { array, type Arbitrary, oneof, record } from 'fast-check';
import { type Alternative, RecordOf } from './choices.ts';
import { type Setting, SETTINGS } from './setting.ts';
import { type Kind, type Step, STEPS } from './step.ts';

/** Something that may happen to a session, from start to end. */
export interface Program {
  readonly setting: Setting;
  readonly steps: readonly Step[];
}

const KINDS = Object.keys(STEPS) as Kind[];

const alternatives = KINDS.map((kind) => {
  const { weight, choices } = STEPS[kind];
  return { weight, choices: { kind: [kind], ...choices } } as unknown as Alternative<Step>;
});

const step = new RecordOf<Step>(alternatives, ({ kind }) => KINDS.indexOf(kind));

/** Many short ones find more than few long ones; but some faults want a long history. */
const steps = oneof(
  { weight: 3, arbitrary: array(step, { minLength: 5, maxLength: 20, size: 'max' }) },
  { weight: 1, arbitrary: array(step, { minLength: 5, maxLength: 60, size: 'max' }) },
);

/** Programs of 5 to 60 steps. */
export const programs: Arbitrary<Program> = record({
  setting: new RecordOf<Setting>([{ weight: 1, choices: SETTINGS }]),
  steps,
});

/** A program for people to read: what differs from the simplest setting, then each step. */
export function describeProgram({ setting, steps }: Program): string {
  const choices: Record<string, readonly unknown[]> = SETTINGS;
  const unusual = Object.entries(setting)
    .filter(([name, value]) => value !== choices[name]?.[0])
    .map(([name, value]) => `${name}: ${String(value)}`);
  const lines = steps.map((step, index) => `${String(index + 1).padStart(4)}. ${describeStep(step)}`);
  return [`  setting: ${unusual.join(', ') || 'the simplest'}`, ...lines].join('\n');
}

/** A step in one line: its kind and what differs from its simplest form. */
export function describeStep(step: Step): string {
  const choices: Record<string, readonly unknown[]> = STEPS[step.kind].choices;
  const details = Object.entries(step)
    .filter(([name]) => name !== 'kind')
    .filter(([name, value]) => step.kind !== 'request' || value !== choices[name]?.[0])
    .map(([name, value]) => `${name} ${String(value)}`);
  return [step.kind, details.join(', ')].filter(Boolean).join(': ');
}
