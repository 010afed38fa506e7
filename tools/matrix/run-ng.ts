import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';

const LONGEST_MS = 240_000;
const LARGEST_OUTPUT_BYTES = 16 * 1024 * 1024;
const LAST_LINES = 40;

const execute = promisify(execFile);

/** Runs a workspace's own CLI. Nobody is there to answer: where it asks, it fails. */
export async function runNg(folder: string, parameters: readonly string[]): Promise<string> {
  const cli = join(folder, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
  const running = execute(process.execPath, [cli, ...parameters], {
    cwd: folder,
    timeout: LONGEST_MS,
    maxBuffer: LARGEST_OUTPUT_BYTES,
    env: { ...process.env, NG_CLI_ANALYTICS: 'false', CI: '1' },
  });
  running.child.stdin?.end();
  try {
    const { stdout, stderr } = await running;
    return stripVTControlCharacters(stdout + stderr);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const tail = (stdout + stderr).trim().split('\n').slice(-LAST_LINES).join('\n');
    throw new Error(`ng ${parameters.join(' ')} fails:\n${tail}`, { cause: error });
  }
}
