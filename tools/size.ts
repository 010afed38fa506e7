import { brotliCompressSync, gzipSync } from 'node:zlib';
import { bundleEntryPoints, DPOP, exportedNames, LIBRARY } from './bundle.ts';
import { longTexts } from './long-texts.ts';

interface Budget {
  readonly what: string;
  readonly names: readonly string[];
  /** Of `ngx-bearer/dpop`: the budget is what these add, beside the package `dpop`. */
  readonly added?: readonly string[];
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
  { what: 'tokens in memory', names: QUICKSTART, gzipBytes: 9_950, goalBytes: 6_500 },
  {
    what: 'with localTokenStorage',
    names: [...QUICKSTART, 'localTokenStorage'],
    gzipBytes: 14_610,
    goalBytes: 8_500,
  },
  { what: 'every export', names: await exportedNames(LIBRARY), gzipBytes: 16_440, goalBytes: 10_000 },
  {
    what: 'added by ngx-bearer/dpop',
    names: [...QUICKSTART, 'localTokenStorage'],
    added: await exportedNames(DPOP),
    gzipBytes: 2_000,
    goalBytes: 2_000,
  },
];

console.log('ngx-bearer as an application ships it, in bytes; Angular and RxJS not counted\n');
console.log(row(['', 'min', 'min+gzip', 'brotli', 'budget (gzip)', 'goal (gzip)']));
for (const budget of budgets) await check(budget);

async function check({ what, names, added, gzipBytes, goalBytes }: Budget): Promise<void> {
  const without = await bundleEntryPoints({ [LIBRARY]: names });
  const code = added ? await bundleEntryPoints({ [LIBRARY]: names, [DPOP]: added }) : without;
  const [min, gzip = 0, brotli] = sizesOf(code).map(
    (bytes, index) => bytes - (added ? (sizesOf(without)[index] ?? 0) : 0),
  );
  const sizes = [min, gzip, brotli, gzipBytes, goalBytes];
  console.log(row([what, ...sizes.map((bytes = 0) => bytes.toLocaleString('en'))]));
  if (gzip > gzipBytes) fail(`${what}: ${gzip - gzipBytes} bytes over the budget`);
  for (const text of longTexts(code)) {
    if (!PROTOCOL_WORDS.includes(text))
      fail(`${what}: this text reaches production: ${JSON.stringify(text)}`);
  }
}

function sizesOf(code: string): number[] {
  return [Buffer.byteLength(code), gzipSync(code, { level: 9 }).length, brotliCompressSync(code).length];
}

function row([what = '', ...figures]: readonly string[]): string {
  return what.padEnd(26) + figures.map((figure) => figure.padStart(14)).join('');
}

function fail(reason: string): void {
  console.error(`✖ ${reason}`);
  process.exitCode = 1;
}
