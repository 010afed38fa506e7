import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createDemoApi } from '../projects/demo-api/src/create-demo-api.ts';
import { readEnvironment } from '../projects/demo-api/src/environment.ts';
import { whenParentIsGone } from '../projects/demo-api/src/parent-watch.ts';
import { assertFree } from './ports.ts';
import { serveDemo } from './serve-demo.ts';

/** A network as users have it: at the speed of one machine nobody could follow a burst. */
const PACE = { latencyMs: 120, refreshLatencyMs: 350 };

const stopping = new AbortController();
// Both servers live in this process: when it ends, both have.
const stop = () => {
  stopping.abort();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
whenParentIsGone(stop);

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

async function start(): Promise<void> {
  const { apiPort, allowedOrigins } = readEnvironment(process.env);
  const port = Number(process.env['PORT'] ?? 4200);
  await assertFree([
    { variable: 'PORT', port },
    { variable: 'API_PORT', port: apiPort },
  ]);
  if (!process.argv.includes('--built')) {
    await build('ngx-bearer');
    await build('demo');
  }
  const api = { url: '' };
  const demo = await serveDemo({ port, apiUrl: () => api.url });
  api.url = await createDemoApi({ allowedOrigins: [...allowedOrigins, demo.url], settings: PACE }).listen(
    apiPort,
  );
  await assertAnswers(demo.url);
  await assertAnswers(`${api.url}/public/status`);
  console.log(`\nDemo  ${demo.url}\nAPI   ${api.url}\nCtrl-C stops both.`);
}

async function build(project: string): Promise<void> {
  const cli = createRequire(import.meta.url).resolve('@angular/cli/bin/ng.js');
  const child = spawn(process.execPath, [cli, 'build', project], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'inherit', 'inherit'],
    signal: stopping.signal,
  });
  const exitCode = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (exitCode !== 0) throw new Error(`${project} does not build; the reason stands above.`);
}

async function assertAnswers(url: string): Promise<void> {
  const { status } = await fetch(url);
  if (status !== 200) throw new Error(`${url} answers ${status} instead of 200.`);
}
