import { EventEmitter, once } from 'node:events';
import { bodyFields, wholeNumber } from '../answers/body-fields.ts';
import { HttpProblem } from '../answers/http-problem.ts';
import type { Moment } from '../tokens/token-family.ts';

/** What a refresh endpoint does with a call. */
export const REFRESH_ANSWERS = ['tokens', 'unavailable', 'too-many', 'hang', 'malformed', 'refused'] as const;
export type RefreshAnswer = (typeof REFRESH_ANSWERS)[number];

/** The knobs of the demo. */
export interface Settings {
  /** @default 60 */
  readonly accessTokenLifeSeconds: number;
  /** How late protected resources answer. @default 0 */
  readonly latencyMs: number;
  /** How late refresh endpoints answer. @default 0 */
  readonly refreshLatencyMs: number;
  /** How long a spent token is still accepted. @default 0 */
  readonly graceSeconds: number;
  /** @default 'tokens' */
  readonly refreshAnswer: RefreshAnswer;
}

const DEFAULTS: Settings = {
  accessTokenLifeSeconds: 60,
  latencyMs: 0,
  refreshLatencyMs: 0,
  graceSeconds: 0,
  refreshAnswer: 'tokens',
};

const BOUNDS = {
  accessTokenLifeSeconds: { from: 1, to: 86_400 },
  latencyMs: { from: 0, to: 60_000 },
  refreshLatencyMs: { from: 0, to: 60_000 },
  graceSeconds: { from: 0, to: 3600 },
} as const satisfies Record<Exclude<keyof Settings, 'refreshAnswer'>, { from: number; to: number }>;

/** Holds the settings, checks changes to them, and tells who waits for one. */
export class SettingsBoard {
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #start: Settings;
  readonly #now: () => number;
  #current: Settings;

  constructor(start: Partial<Settings>, now: () => number) {
    this.#start = { ...DEFAULTS, ...readChange(start) };
    this.#current = this.#start;
    this.#now = now;
  }

  get current(): Settings {
    return this.#current;
  }

  moment(): Moment {
    return { nowMs: this.#now(), graceMs: this.#current.graceSeconds * 1000 };
  }

  /** Changes some settings, or none when any of them is wrong. */
  change(change: unknown): void {
    this.#show({ ...this.#current, ...readChange(change) });
  }

  reset(): void {
    this.#show(this.#start);
  }

  /** The first answer that is none to wait for; `'hang'` when the signal aborts before there is one. */
  async answerAfterHang(signal: AbortSignal): Promise<RefreshAnswer> {
    while (this.#current.refreshAnswer === 'hang' && !signal.aborted) {
      await once(this.#changes, 'change', { signal }).catch(() => undefined);
    }
    return signal.aborted ? 'hang' : this.#current.refreshAnswer;
  }

  #show(settings: Settings): void {
    this.#current = settings;
    this.#changes.emit('change');
  }
}

function readChange(change: unknown): Partial<Settings> {
  const fields = bodyFields(change, '{"latencyMs":500}');
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, readSetting(name, value)]));
}

function readSetting(name: string, value: unknown): unknown {
  if (name === 'refreshAnswer') {
    return readRefreshAnswer(value);
  }
  if (Object.hasOwn(BOUNDS, name)) {
    return wholeNumber(value, name, BOUNDS[name as keyof typeof BOUNDS]);
  }
  const names = Object.keys(DEFAULTS).join(', ');
  throw new HttpProblem(400, `${JSON.stringify(name)} is not a setting. Allowed: ${names}.`);
}

function readRefreshAnswer(value: unknown): RefreshAnswer {
  const answer = REFRESH_ANSWERS.find((known) => known === value);
  if (answer === undefined) {
    const allowed = REFRESH_ANSWERS.join(', ');
    throw new HttpProblem(400, `"refreshAnswer" is ${JSON.stringify(value)}. Allowed: ${allowed}.`);
  }
  return answer;
}
