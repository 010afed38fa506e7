import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort, LOOPBACK } from '../../tools/ports.ts';
import type { FoundServer } from './find-servers.ts';

const LONGEST_START_MS = 60_000;
const LOOK_EVERY_MS = 50;
const DEFAULT_ACCESS_SECONDS = 3;
const MOST_OUTPUT = 200;

/** A server under test in a process of its own, which can be killed and started again on the same port and data. */
export class ServerProcess {
  readonly #found: FoundServer;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #dataFolder = mkdtempSync(join(tmpdir(), 'ngx-bearer-server-'));
  readonly #output: string[] = [];
  readonly url: string;
  /** Seconds that an access token of it is valid. */
  readonly accessSeconds: number;
  #child: ChildProcess | null = null;

  private constructor(
    found: FoundServer,
    { port, origin }: { readonly port: number; readonly origin: string },
  ) {
    this.#found = found;
    this.url = `http://${LOOPBACK}:${port}`;
    this.accessSeconds = found.server.accessSeconds ?? DEFAULT_ACCESS_SECONDS;
    this.#environment = {
      ...process.env,
      PORT: String(port),
      ORIGIN: origin,
      DATA_DIR: this.#dataFolder,
      ACCESS_SECONDS: String(this.accessSeconds),
    };
  }

  /** Starts one; `origin` is the only origin that its CORS allows. */
  static async start(found: FoundServer, origin: string): Promise<ServerProcess> {
    const started = new ServerProcess(found, { port: await freePort(), origin });
    try {
      await started.start();
    } catch (error) {
      await started.close();
      throw error;
    }
    return started;
  }

  async start(): Promise<void> {
    const [command = '', ...parameters] = this.#found.server.command;
    const child = spawn(command === 'node' ? process.execPath : command, parameters, {
      cwd: this.#found.folder,
      env: this.#environment,
      // The server ends when its stdin closes, so it never outlives this process.
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        this.#output.push(part);
        if (this.#output.length > MOST_OUTPUT) this.#output.shift();
      });
    }
    await this.#untilReady(child);
  }

  /** Ends it in the way of a crash. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  }

  /** Pulls a lever of the server. */
  async pull(lever: string, body: object = {}): Promise<void> {
    const answer = await fetch(`${this.url}/levers/${lever}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`The lever ${lever} answers ${answer.status}:\n${await answer.text()}`);
  }

  /** The last lines that it printed, for a failed test. */
  get output(): string {
    return this.#output.join('');
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const failed = new AbortController();
    child.once('error', (error) => failed.abort(error));
    child.once('close', (code) => failed.abort(new Error(`ended with exit code ${code ?? 'none'}`)));
    const deadline = performance.now() + LONGEST_START_MS;
    while (!(await this.#answers())) {
      const isLate = performance.now() > deadline;
      if (!isLate && !failed.signal.aborted) await setTimeout(LOOK_EVERY_MS);
      else throw this.#notStarted(isLate ? 'it answers nothing' : failed.signal.reason);
    }
  }

  #notStarted(reason: unknown): Error {
    const { name } = this.#found.server;
    return new Error(`${name} did not start: ${String(reason)}\n${this.output}`);
  }

  async #answers(): Promise<boolean> {
    try {
      const answer = await fetch(this.url + (this.#found.server.mePath ?? '/me'));
      await answer.arrayBuffer();
      return true;
    } catch {
      return false;
    }
  }
}
