import { spawn, type ChildProcess } from 'node:child_process';
import { readProcessTree } from './process-tree.ts';
import type { Run } from './run-steps.ts';
import { type Patience, Stillness } from './stillness.ts';

export interface Limits extends Patience {
  /** How often the CPU time is read. */
  readonly sampleMs: number;
  /** How long a script may take to end after SIGTERM. */
  readonly endingMs: number;
}

export const LIMITS: Limits = {
  stillMs: 120_000,
  // In two minutes an idle Chromium uses 0.2 s, one that animates a page 5 s.
  computingMs: 6_000,
  silentCpuMs: 600_000,
  sampleMs: 5_000,
  endingMs: 10_000,
};

export interface Command {
  readonly file: string;
  readonly parameters: readonly string[];
  readonly cwd: string;
  readonly shell?: boolean;
}

const isWindows = process.platform === 'win32';
const children = new Set<ChildProcess>();

/** Runs a command to its end, or ends it with everything it started if it hangs. */
export async function runScript({ file, parameters, ...place }: Command, limits = LIMITS): Promise<Run> {
  const child = spawn(file, parameters, {
    ...place,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
    // A group of its own, so that a step can be ended with everything it started.
    detached: !isWindows,
  });
  children.add(child);
  const parts: string[] = [];
  const stillness = new Stillness(limits, performance.now());
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      parts.push(part);
      stillness.printed(performance.now());
    });
  }
  const watching = watch(child, stillness, limits);
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  try {
    const exitCode = (await closed) ?? 1;
    // Some scripts exit with 0 when they are asked to end.
    if (watching.reason === null) return { exitCode, output: parts.join('') };
    return { exitCode: exitCode || 1, output: `${parts.join('')}\n${watching.reason}\n` };
  } finally {
    watching.stop();
    children.delete(child);
  }
}

/** Ends all scripts that run. */
export function endScripts(): void {
  for (const child of children) signal(child, 'SIGTERM');
}

interface Watch {
  /** Why the script was ended. */
  reason: string | null;
  readonly stop: () => void;
}

function watch(child: ChildProcess, stillness: Stillness, limits: Limits): Watch {
  const timer = setInterval(() => void look(), limits.sampleMs);
  const watching: Watch = { reason: null, stop: () => clearInterval(timer) };
  async function look(): Promise<void> {
    if (child.pid === undefined) return;
    const tree = await readProcessTree(child.pid).catch(() => null);
    stillness.used(tree && tree.cpuMs, performance.now());
    watching.reason ??= stillness.verdict(performance.now());
    if (watching.reason === null || !children.has(child)) return;
    watching.stop();
    end(child, tree?.pids ?? [], limits.endingMs);
  }
  return watching;
}

/** Asks a script to end. After a while it kills what is left, also what has a process group of its own. */
function end(child: ChildProcess, pids: readonly number[], endingMs: number): void {
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => {
    signal(child, 'SIGKILL');
    for (const pid of pids) kill(pid, 'SIGKILL');
  }, endingMs);
  child.once('close', () => clearTimeout(timer));
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (isWindows) child.kill(name);
  else kill(-child.pid, name);
}

function kill(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
