import { parseArgs } from 'node:util';
import { type EngineName, isEngineName } from '../../tools/engines.ts';

/** Names the engine of a run to its spec files. */
const VARIABLE = 'E2E_ENGINE';

/** The engine of this run: `--engine firefox`. */
export const ENGINE: EngineName = readEngine();
process.env[VARIABLE] = ENGINE;

/** For the option `skip` of a test: the reason for which it does not run in the engine of this run, or false. */
export function skipIn(reasons: Readonly<Partial<Record<EngineName, string>>>): string | false {
  return reasons[ENGINE] ?? false;
}

function readEngine(): EngineName {
  const { values } = parseArgs({ strict: false, options: { engine: { type: 'string' } } });
  const word = String(values.engine ?? process.env[VARIABLE] ?? 'chromium');
  if (!isEngineName(word)) throw new Error(`${word} is no engine.`);
  return word;
}
