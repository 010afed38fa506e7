import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where `-displayfd` writes the number of the display: the descriptor after stderr. */
const NUMBER_FD = 3;

const display = { opened: null as Promise<string> | null };

/**
 * Set on top of `process.env`, has a WebKit start on a display that nobody sees. Display and profile are gone when this
 * process exits.
 *
 * @param given the folder of the profile; by default a new one
 */
export async function webkitEnvironment(given?: string): Promise<Readonly<Record<string, string>>> {
  const profile = given ?? (await mkdtemp(join(tmpdir(), 'ngx-bearer-webkit-')));
  process.once('exit', () => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  display.opened ??= openDisplay();
  return {
    DISPLAY: await display.opened,
    GDK_BACKEND: 'x11',
    XDG_DATA_HOME: join(profile, 'data'),
    XDG_CACHE_HOME: join(profile, 'cache'),
    XDG_CONFIG_HOME: join(profile, 'config'),
  };
}

async function openDisplay(): Promise<string> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', String(NUMBER_FD), '-screen', '0', '1280x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  server.unref();
  process.once('exit', () => server.kill());
  const output = server.stdio[NUMBER_FD] as Socket;
  const [number] = (await once(output, 'data')) as [Buffer];
  output.unref();
  return `:${number.toString().trim()}`;
}
