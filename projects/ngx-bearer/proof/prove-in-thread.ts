/** One seed of a proof, in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadLibrary } from './library.ts';
import { models } from './models.ts';
import { prove } from './prove.ts';

const { model, seed, runs, source } = workerData as Task;
const chosen = models[model];
if (chosen) parentPort?.postMessage(await prove(chosen, await loadLibrary(source), { seed, runs }));

interface Task {
  readonly model: string;
  readonly seed: number;
  readonly runs: number;
  readonly source?: string;
}
