import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { unpackNpmChromium } from './npm-chromium.ts';

/** A Chromium that starts on this machine. */
export interface Browser {
  readonly executablePath: string;
  /** To be set on top of `process.env` when the browser is started. */
  readonly env: Readonly<Record<string, string>>;
  readonly source: 'CHROME_BIN' | 'installed' | 'npm';
}

/** What a machine tells about itself; given by hand in specs. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/**
 * For a headless run on a developer's machine and in a container alike. Nothing here weakens what pages may do
 * to one another: the specs rely on the same-origin policy.
 */
export const headlessFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How Playwright starts it. */
export function launchOptions(
  { executablePath, env }: Pick<Browser, 'executablePath' | 'env'>,
  moreFlags: readonly string[] = [],
) {
  return { executablePath, args: [...headlessFlags, ...moreFlags], env: { ...process.env, ...env } };
}

/** Finds `CHROME_BIN`, else an installed Chrome, Chromium or Edge, else, on Linux, the one from npm. */
export async function findBrowser(machine: Machine = thisMachine()): Promise<Browser> {
  const chosen = machine.variables['CHROME_BIN'];
  if (chosen) return chosenBrowser(chosen);
  const candidates = installedCandidates(machine);
  for (const executablePath of candidates) {
    if (existsSync(executablePath) && (await starts(executablePath, machine.platform))) {
      return { executablePath, env: {}, source: 'installed' };
    }
  }
  if (machine.platform === 'linux' && machine.arch === 'x64') {
    return { ...(await unpackNpmChromium(machine.variables)), source: 'npm' };
  }
  throw new Error(
    `No Chromium found on ${machine.platform} ${machine.arch}: CHROME_BIN is not set, and there is none at\n` +
      candidates.map((candidate) => `  ${candidate}\n`).join('') +
      'Install Chrome, Chromium or Edge, or set CHROME_BIN to the path of one.',
  );
}

function chosenBrowser(executablePath: string): Browser {
  if (!existsSync(executablePath)) {
    throw new Error(
      `CHROME_BIN names ${executablePath}, and there is no such file. Correct it, or unset it to have a browser found.`,
    );
  }
  return { executablePath, env: {}, source: 'CHROME_BIN' };
}

function installedCandidates({ platform, variables }: Machine): string[] {
  if (platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    const roots = ['/Applications', join(variables['HOME'] ?? homedir(), 'Applications')];
    return roots.flatMap((root) => names.map((name) => `${root}/${name}.app/Contents/MacOS/${name}`));
  }
  if (platform === 'win32') {
    const names = [
      'Google/Chrome/Application/chrome',
      'Chromium/Application/chrome',
      'Microsoft/Edge/Application/msedge',
    ];
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap(
      (name) => variables[name] ?? [],
    );
    return roots.flatMap((root) => names.map((name) => join(root, `${name}.exe`)));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  return onPath(names, variables);
}

/** Where the shell would look for these programs. */
export function onPath(names: readonly string[], variables: Machine['variables']): string[] {
  const folders = (variables['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

/** Some Linux systems keep a `chromium-browser` that only asks for a snap: a file there is not yet a browser. */
async function starts(executablePath: string, platform: NodeJS.Platform): Promise<boolean> {
  // `chrome.exe --version` opens a window.
  if (platform === 'win32') return true;
  try {
    const { stdout } = await promisify(execFile)(executablePath, ['--version'], { timeout: 10_000 });
    return /Chrom|Edge/.test(stdout);
  } catch {
    return false;
  }
}

export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, variables: process.env };
}
