import { parseArgs } from 'node:util';
import { ENGINES } from '../../tools/engines.ts';
import { disconnectBrowser } from '../stage/shared-browser.ts';
import { killAll } from './kill-table.ts';
import { STRATEGIES } from './page/contract.ts';
import { playAll } from './rounds-table.ts';
import { PROTOCOLS } from './servers/token-server.ts';
import { signOutAll } from './sign-out-table.ts';
import { CONDITIONS } from './tab-stage.ts';

const USAGE = `npm run e2e:tabs -- [--rounds 200] [--tabs 6] [--strategy ${STRATEGIES.join('|')}]
  [--protocol ${PROTOCOLS.join('|')}] [--condition ${CONDITIONS.join('|')}]   more than one with commas
npm run e2e:tabs -- --kill 10        ends the tab that refreshes so many times, in each way at each point;
                                     also with --condition
npm run e2e:tabs -- --sign-out 100   signs out so many times while another tab refreshes
each with [--engine ${ENGINES.join('|')}]`;

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await disconnectBrowser();
}

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '200' },
      tabs: { type: 'string', default: '6' },
      strategy: { type: 'string', default: 'ours' },
      protocol: { type: 'string' },
      condition: { type: 'string' },
      kill: { type: 'string' },
      'sign-out': { type: 'string' },
      engine: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) console.log(USAGE);
  else if (values.kill) await killAll(count(values.kill), chosen(CONDITIONS, values.condition ?? 'quiet'));
  else if (values['sign-out']) await signOutAll(count(values['sign-out']));
  else {
    const many = { rounds: count(values.rounds), tabs: count(values.tabs) };
    const conditions = chosen(CONDITIONS, values.condition);
    const strategies = chosen(STRATEGIES, values.strategy);
    const plans = chosen(PROTOCOLS, values.protocol).flatMap((protocol) =>
      conditions.flatMap((condition) =>
        strategies.map((strategy) => ({ protocol, condition, strategy, ...many })),
      ),
    );
    await playAll(plans);
  }
}

function count(word: string): number {
  const number = Number(word);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`"${word}" is no number of times.\n${USAGE}`);
  return number;
}

/** Those that are named, or all. */
function chosen<Name extends string>(all: readonly Name[], words = ''): readonly Name[] {
  const wanted = words.split(',').filter(Boolean);
  const unknown = wanted.find((word) => !all.some((name) => name === word));
  if (unknown) throw new Error(`"${unknown}" is none of ${all.join(', ')}.\n${USAGE}`);
  return all.filter((name) => wanted.length === 0 || wanted.includes(name));
}
