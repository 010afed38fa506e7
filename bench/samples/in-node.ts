import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Probe, Task, Tasks } from './task.ts';

const LONGEST_SAMPLE_MS = 240_000;

/** Does tasks somewhere fresh, each in a place of its own. */
export interface Laboratory {
  readonly name: string;
  do<P extends Probe>(task: Task<P>): Promise<Tasks[P]['result']>;
}

export function inNode(folder: string): Laboratory {
  return { name: 'Node', do: (task) => sample(folder, task) };
}

function sample<P extends Probe>(folder: string, task: Task<P>): Promise<Tasks[P]['result']> {
  const child = fork(join(import.meta.dirname, 'node-sample.ts'), [folder, JSON.stringify(task)], {
    execArgv: ['--expose-gc', '--max-old-space-size=8192'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: LONGEST_SAMPLE_MS,
  });
  const complaints: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (part: string) => complaints.push(part));
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as Tasks[P]['result']));
    child.once('error', reject);
    child.once('close', (code) => {
      const what = `${task.probe} of ${task.lanes.join(', ')}`;
      reject(new Error(`${what} ended with ${code ?? 'no answer in time'}:\n${complaints.join('')}`));
    });
  });
}
