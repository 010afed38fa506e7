import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process and everything it started, also what has a process group of its own, as a browser has. */
export interface ProcessTree {
  readonly pids: readonly number[];
  /** CPU time that the processes have used since they started. */
  readonly cpuMs: number;
}

interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
}

/** Linux counts CPU time for programs in ticks of this length, whatever the kernel uses itself. */
const TICK_MS = 10;

/** Reads the tree from `/proc` on Linux, from `ps` on macOS; null on Windows, which has neither. */
export async function readProcessTree(root: number): Promise<ProcessTree | null> {
  if (process.platform === 'win32') return null;
  const rows = process.platform === 'linux' ? await readProc() : await readPs();
  const tree = descendants(root, rows);
  return {
    pids: tree.map(({ pid }) => pid),
    cpuMs: tree.reduce((total, { cpuMs }) => total + cpuMs, 0),
  };
}

function descendants(root: number, rows: readonly Row[]): Row[] {
  const tree = rows.filter(({ pid }) => pid === root);
  // The array grows while it is walked.
  for (const { pid } of tree) tree.push(...rows.filter(({ parent }) => parent === pid));
  return tree;
}

async function readProc(): Promise<Row[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(
    // A process can end while it is read.
    pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').then(parseStat, () => [])),
  );
  return rows.flat();
}

/** Parses `/proc/<pid>/stat` (proc(5)). The name of the program, in parentheses, can contain spaces and parentheses. */
export function parseStat(text: string): Row[] {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // User and system time, then those of the children that have ended.
  const ticks = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0);
  return [{ pid: Number.parseInt(text), parent: Number(fields[1]), cpuMs: ticks * TICK_MS }];
}

async function readPs(): Promise<Row[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,time=']);
  return parsePs(stdout);
}

/** Parses the rows of `ps -A -o pid=,ppid=,time=`; a time is `[[days-]hours:]minutes:seconds`. */
export function parsePs(text: string): Row[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns.length === 3)
    .map(([pid, parent, time = '']) => ({
      pid: Number(pid),
      parent: Number(parent),
      cpuMs: time.split(/[-:]/).reduceRight(addUnit, { totalMs: 0, unit: 0 }).totalMs,
    }));
}

/** From the right: seconds, minutes, hours, days. */
const UNITS_MS = [1000, 60_000, 3_600_000, 86_400_000];

function addUnit({ totalMs, unit }: { totalMs: number; unit: number }, part: string) {
  return { totalMs: totalMs + Number(part) * (UNITS_MS[unit] ?? 0), unit: unit + 1 };
}
