import { createInterface } from 'node:readline/promises';
import type { SetupOptions } from '../setup/options';

/** Asks one question; an empty answer is the default. */
export type Ask = (question: string, usual: string) => Promise<string>;

type Field = 'bodyField' | 'accessField' | 'refreshField';

const QUESTIONS: Readonly<Record<Field, readonly [question: string, usual: string]>> = {
  bodyField: ['Which field of the refresh request holds the refresh token?', 'refresh_token'],
  accessField: ['Which field of its answer holds the access token?', 'access_token, accessToken or token'],
  refreshField: ['Which field of its answer holds the refresh token?', 'refresh_token or refreshToken'],
};

const NEEDED: Readonly<Record<string, readonly Field[]>> = {
  json: ['bodyField', 'accessField', 'refreshField'],
  exchange: ['accessField'],
  cookie: ['accessField'],
};

/** The field names of a server that has no preset, where somebody is there to answer and no flag names them. */
export async function askFields(
  options: SetupOptions,
  ask: Ask | undefined = askAtTerminal(),
): Promise<SetupOptions> {
  const fields = NEEDED[options.refresh ?? ''] ?? [];
  const isAnswered = fields.some((field) => options[field] !== undefined);
  if (!ask || isAnswered) return options;
  const answers: Partial<Record<Field, string>> = {};
  for (const field of fields) {
    const answer = (await ask(...QUESTIONS[field])).trim();
    if (answer) answers[field] = answer;
  }
  return { ...options, ...answers };
}

function askAtTerminal(): Ask | undefined {
  if (!process.stdin.isTTY || !process.stdout.isTTY || process.env['CI']) return undefined;
  return async (question, usual) => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await terminal.question(`? ${question} (${usual}) `);
    terminal.close();
    return answer;
  };
}
