import { existsSync, globSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, type Machine, onPath, thisMachine } from './browser.ts';

/** The engines that browsers are made of: Chrome and Edge, Firefox, Safari. */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;
export type EngineName = (typeof ENGINES)[number];

export const ENGINE_TITLES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' } as const;

/** A browser that starts on this machine. */
export interface Engine {
  readonly executablePath: string;
  /** To be set on top of `process.env` when the browser is started. */
  readonly env: Readonly<Record<string, string>>;
}

/** There is no browser of this engine, and that is no failure: the message names the remedy. */
export class EngineMissing extends Error {}

/** The Debian packages that bring an engine. This WebKit has no headless mode, so that it needs a display. */
const PACKAGES = join(import.meta.dirname, 'engines.txt');

// `MiniBrowser` is the browser that WebKitGTK is tested with; each distribution keeps it elsewhere.
const MINI_BROWSERS = '{/usr/lib,/usr/lib64,/usr/libexec,/usr/lib/*-linux-gnu*}/webkit*gtk-*/MiniBrowser';

/** Throws `EngineMissing` if there is none; Chromium is always there or its search throws what to do. */
export async function findEngine(name: EngineName, machine: Machine = thisMachine()): Promise<Engine> {
  switch (name) {
    case 'chromium':
      return findBrowser(machine);
    case 'firefox':
      return chosenOr(firefoxCandidates, { name, variable: 'FIREFOX_BIN', machine });
    case 'webkit':
      if (!onPath(['Xvfb'], machine.variables).some(existsSync)) throw missing(name);
      return chosenOr(webkitCandidates, { name, variable: 'WEBKIT_BIN', machine });
  }
}

/** Whether a word of a command line names an engine. */
export function isEngineName(word: string | undefined): word is EngineName {
  return ENGINES.some((name) => name === word);
}

interface Search {
  readonly name: EngineName;
  readonly variable: string;
  readonly machine: Machine;
}

function chosenOr(candidates: (machine: Machine) => string[], { name, variable, machine }: Search) {
  const chosen = machine.variables[variable];
  const executablePath = chosen ? chosen : candidates(machine)[0];
  if (executablePath === undefined) throw missing(name);
  if (!existsSync(executablePath)) throw new Error(`${variable} names ${executablePath}: no such file.`);
  return { executablePath, env: {} };
}

function missing(name: EngineName): EngineMissing {
  const [, packages = ''] = new RegExp(`^${name}: (.*)$`, 'm').exec(readFileSync(PACKAGES, 'utf8')) ?? [];
  return new EngineMissing(`${ENGINE_TITLES[name]} is not installed (apt-get install ${packages})`);
}

function firefoxCandidates(machine: Machine): string[] {
  const { platform, variables } = machine;
  const places = {
    darwin: ['/Applications', join(variables['HOME'] ?? homedir(), 'Applications')].map((root) =>
      join(root, 'Firefox.app/Contents/MacOS/firefox'),
    ),
    win32: ['ProgramFiles', 'ProgramFiles(x86)']
      .flatMap((name) => variables[name] ?? [])
      .map((root) => join(root, 'Mozilla Firefox', 'firefox.exe')),
  };
  if (platform === 'darwin' || platform === 'win32') return places[platform].filter(existsSync);
  return onPath(['firefox', 'firefox-esr'], variables).filter(existsSync);
}

function webkitCandidates({ platform }: Machine): string[] {
  return platform === 'linux' ? globSync(MINI_BROWSERS).toSorted() : [];
}
