import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from './testing/until.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

describe('the process', () => {
  it('prints one line once it answers', async (test) => {
    const { firstLine } = start(test, { API_PORT: '0' });
    const address = addressIn(await firstLine);
    assert.equal((await fetch(`${address}/public/status`)).status, 200);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`stops on ${signal}, also while a stream runs`, async (test) => {
      const { child, firstLine } = start(test, { API_PORT: '0' });
      const stream = await fetch(`${addressIn(await firstLine)}/control/stream`);
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      assert.equal(code, 0);
      await stream.body?.cancel().catch(() => undefined);
    });
  }

  it('says in one sentence that the port is taken', async (test) => {
    const squatter = createServer().listen(0, '127.0.0.1');
    test.after(() => squatter.close());
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const { child, problems } = start(test, { API_PORT: String(port) });
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 1);
    assert.equal(problems(), `Port ${port} is taken. Free it, or set API_PORT to another one.\n`);
  });

  it('says in one sentence that a variable is wrong', async (test) => {
    const { child, problems } = start(test, { ALLOWED_ORIGINS: 'demo' });
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 1);
    assert.equal(problems(), '"demo" is not an origin. Write it as http://127.0.0.1:4200.\n');
  });

  it('stops when its parent is killed', async (test) => {
    // The parent keeps no pipe to it, so that nothing but the parent's death can be noticed.
    const script = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, [${JSON.stringify(MAIN)}], { stdio: ['ignore', 'inherit', 'inherit'] });
      process.stderr.write(child.pid + '\\n');
      setInterval(() => {}, 1000);`;
    const { child: parent, firstLine, problems } = start(test, { API_PORT: '0' }, ['-e', script]);
    const address = addressIn(await firstLine);
    const orphan = Number(problems());
    test.after(() => {
      killIfAlive(orphan);
    });
    assert.equal((await fetch(`${address}/public/status`)).status, 200);
    parent.kill('SIGKILL');
    await until(() => isGone(address));
  });

  it('stops when its parent disconnects', async (test) => {
    const { child, firstLine } = start(test, { API_PORT: '0' });
    await firstLine;
    child.disconnect();
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 0);
  });
});

function start(test: TestContext, variables: Record<string, string>, command = [MAIN]) {
  const child: ChildProcess = spawn(process.execPath, command, {
    env: { ...process.env, PORT: '4200', ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  test.after(() => child.kill('SIGKILL'));
  let errors = '';
  child.stderr?.on('data', (text) => (errors += String(text)));
  return { child, firstLine: readLine(child), problems: () => errors };
}

async function readLine(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    if (output.endsWith('\n')) {
      break;
    }
  }
  return output;
}

function addressIn(line: string): string {
  const [, address] = /^API {2}(http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line) ?? [];
  assert.ok(address !== undefined, `no address in ${JSON.stringify(line)}`);
  return address;
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has stopped by itself, as it should.
  }
}

function isGone(address: string): Promise<boolean> {
  return fetch(`${address}/public/status`).then(
    () => false,
    () => true,
  );
}
