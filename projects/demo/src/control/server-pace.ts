import type { RefreshAnswer, ServerSettings } from './control-room';

export type AnswerChoice = RefreshAnswer | 'slow';

/** How the sign-in server may answer a refresh. `slow` is tokens again, only late. */
export const answers: readonly { readonly value: AnswerChoice; readonly words: string }[] = [
  { value: 'tokens', words: 'normally' },
  { value: 'slow', words: 'slowly, in 1.5 s' },
  { value: 'unavailable', words: 'with 503' },
  { value: 'too-many', words: 'with 429, Retry-After 2 s' },
  { value: 'hang', words: 'never' },
  { value: 'malformed', words: 'with an HTML page' },
  { value: 'refused', words: 'with a refusal' },
];

const slowRefreshMs = 1_500;

interface Pace {
  readonly value: string;
  readonly words: string;
  readonly latencyMs: number;
  readonly refreshLatencyMs: number;
}

const sameMachine: Pace = { value: 'local', words: 'this machine', latencyMs: 0, refreshLatencyMs: 0 };

/** How long the server takes, so that there is something to watch. */
export const paces: readonly Pace[] = [
  sameMachine,
  { value: 'everyday', words: 'everyday', latencyMs: 120, refreshLatencyMs: 350 },
  { value: 'slow', words: 'bad day', latencyMs: 600, refreshLatencyMs: 1_200 },
];

/** What to tell the server for another pace. */
export function paceSettings(answer: AnswerChoice, paceValue: string): Partial<ServerSettings> {
  return { latencyMs: paceOf(paceValue).latencyMs, refreshLatencyMs: refreshLatencyMs(answer, paceValue) };
}

/** What to tell the server for another answer: its pace is touched only to begin or to end a slow one. */
export function answerSettings(
  before: AnswerChoice,
  answer: AnswerChoice,
  paceValue: string,
): Partial<ServerSettings> {
  const refreshAnswer = answer === 'slow' ? 'tokens' : answer;
  if (before !== 'slow' && answer !== 'slow') return { refreshAnswer };
  return { refreshAnswer, refreshLatencyMs: refreshLatencyMs(answer, paceValue) };
}

/** The choice that stands for how the server is set now. */
export function answerOf({ refreshAnswer, refreshLatencyMs }: ServerSettings): AnswerChoice {
  return refreshAnswer === 'tokens' && refreshLatencyMs >= slowRefreshMs ? 'slow' : refreshAnswer;
}

/** The pace nearest to how the server is set now. */
export function nearestPace({ latencyMs }: ServerSettings): string {
  return paces.filter((pace) => pace.latencyMs <= latencyMs).at(-1)?.value ?? sameMachine.value;
}

function refreshLatencyMs(answer: AnswerChoice, paceValue: string): number {
  return answer === 'slow' ? slowRefreshMs : paceOf(paceValue).refreshLatencyMs;
}

function paceOf(value: string): Pace {
  return paces.find((pace) => pace.value === value) ?? sameMachine;
}
