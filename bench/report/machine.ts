import { cpus, loadavg, totalmem } from 'node:os';
import { withVersion } from '../measure/entrants.ts';

/** Above this load a core the page says so: figures may say more about the neighbours. */
const MOST_BUSY = 0.3;
const GIGABYTE = 1024 ** 3;

/** On what was measured, as far as it tells nothing about whose it is. */
export async function describeMachine(chromiumVersion: string, busyAtFirst: number): Promise<string[]> {
  const [angular, rxjs] = await Promise.all([withVersion('@angular/core'), withVersion('rxjs')]);
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / GIGABYTE)} GB`;
  return [
    `${processors.length} × ${model}, ${memory}, ${process.platform} ${process.arch}`,
    `Node ${process.versions.node}, Chromium ${chromiumVersion}, ${angular}, ${rxjs}`,
    ...(busyAtFirst > MOST_BUSY
      ? [`Load in the minute before it began: ${busyAtFirst.toFixed(1)} a core`]
      : []),
  ];
}

/** How busy it is with something else. */
export function busyness(): number {
  return (loadavg()[0] ?? 0) / cpus().length;
}
