import type { Clock } from './clock.ts';

interface Watched {
  readonly clock: Pick<Clock, 'faults'>;
  see(moment: 'printed', text: string): void;
}

/** Hears of errors that nobody catches, and of what is printed. */
export function watchFaults(world: Watched): () => void {
  const hear = (fault: unknown): void => void world.clock.faults.push(fault);
  const { warn, error } = console;
  const print = (...texts: unknown[]): void => {
    world.see('printed', texts.map(String).join(' '));
  };
  process.on('unhandledRejection', hear);
  Object.assign(console, { warn: print, error: print });
  return () => {
    process.off('unhandledRejection', hear);
    Object.assign(console, { warn, error });
  };
}
