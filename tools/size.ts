import { brotliCompressSync, gzipSync } from 'node:zlib';
import { bundleForProduction, exportedNames, LIBRARY } from './bundle.ts';
import { longTexts } from './long-texts.ts';

interface Budget {
  readonly what: string;
  readonly names: readonly string[];
  /** What must not be exceeded: what is reached today, and a little. */
  readonly gzipBytes: number;
  /** What it ought to be. */
  readonly goalBytes: number;
}

/** Words of a protocol that have to be there whole. Prose has no place here: it belongs behind `ngDevMode`. */
const PROTOCOL_WORDS: readonly string[] = [
  'application/x-www-form-urlencoded',
  'insufficient_user_authentication',
];

const QUICKSTART: readonly string[] = ['authInterceptor', 'exchangeToken', 'provideAuth', 'AuthSession'];

const budgets: readonly Budget[] = [
  { what: 'tokens in memory', names: QUICKSTART, gzipBytes: 9_815, goalBytes: 6_500 },
  {
    what: 'with localTokenStorage',
    names: [...QUICKSTART, 'localTokenStorage'],
    gzipBytes: 14_465,
    goalBytes: 8_500,
  },
  { what: 'every export', names: await exportedNames(LIBRARY), gzipBytes: 16_300, goalBytes: 10_000 },
];

console.log('ngx-bearer as an application ships it, in bytes; Angular and RxJS not counted\n');
console.log(row(['', 'min', 'min+gzip', 'brotli', 'budget (gzip)', 'goal (gzip)']));
for (const budget of budgets) await check(budget);

async function check({ what, names, gzipBytes, goalBytes }: Budget): Promise<void> {
  const code = await bundleForProduction(names);
  const gzip = gzipSync(code, { level: 9 }).length;
  const sizes = [Buffer.byteLength(code), gzip, brotliCompressSync(code).length, gzipBytes, goalBytes];
  console.log(row([what, ...sizes.map((bytes) => bytes.toLocaleString('en'))]));
  if (gzip > gzipBytes) fail(`${what}: ${gzip - gzipBytes} bytes over the budget`);
  for (const text of longTexts(code)) {
    if (!PROTOCOL_WORDS.includes(text))
      fail(`${what}: this text reaches production: ${JSON.stringify(text)}`);
  }
}

function row([what = '', ...figures]: readonly string[]): string {
  return what.padEnd(26) + figures.map((figure) => figure.padStart(14)).join('');
}

function fail(reason: string): void {
  console.error(`✖ ${reason}`);
  process.exitCode = 1;
}
