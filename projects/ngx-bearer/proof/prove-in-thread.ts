/** One seed of a proof, in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadLibrary } from './library.ts';
import { prove } from './prove.ts';

const { seed, runs, source } = workerData as { seed: number; runs: number; source?: string };
parentPort?.postMessage(await prove(await loadLibrary(source), { seed, runs }));
