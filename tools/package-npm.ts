import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const LARGEST_OUTPUT_BYTES = 16 * 1024 * 1024;

const execute = promisify(execFile);

/** Runs the npm that runs this script, else the one on the path, and returns what it prints. */
export async function npm(parameters: readonly string[], folder: string): Promise<string> {
  const path = process.env['npm_execpath'];
  const [command, first] = path ? [process.execPath, [path]] : ['npm', []];
  const { stdout } = await execute(command, [...first, ...parameters], {
    cwd: folder,
    maxBuffer: LARGEST_OUTPUT_BYTES,
    shell: process.platform === 'win32' && !path,
  });
  return stdout;
}
