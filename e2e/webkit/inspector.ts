import { EventEmitter, once } from 'node:events';

type Parameters = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Parameters;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface TargetInfo {
  readonly targetId: string;
  /** Of the process that the page is about to move to. */
  readonly isProvisional?: boolean;
  readonly isPaused?: boolean;
}

interface Waiting {
  readonly targetId: string;
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** An answer does not come, because its document is gone. */
export class PageLeft extends Error {}

/**
 * WebKit's inspector passes each message on over a TCP connection of its own, where one that follows another waits for
 * its acknowledgement, 40 ms late (Nagle's algorithm, https://www.rfc-editor.org/rfc/rfc896). Anything that we send
 * brings the acknowledgement along; a blank is answered by an error that nobody waits for.
 */
const PUSHES = 6;

/**
 * One page over WebKit's inspector protocol. A page moves to another process now and then; its new target gets the same
 * setup before its first script. Emits the events of the page by their name, and `closed`.
 * https://github.com/WebKit/WebKit/tree/main/Source/JavaScriptCore/inspector/protocol
 */
export class Inspector extends EventEmitter {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #setup = new Map<string, Parameters>();
  readonly #targets = new Set<string>();
  #target: string | null = null;
  #lastId = 0;
  #pushesLeft = 0;

  private constructor(url: string) {
    super();
    this.#socket = new WebSocket(url);
    this.#socket.addEventListener('message', ({ data }) => {
      if (this.#pushesLeft-- > 0) this.#socket.send(' ');
      this.#receive(JSON.parse(String(data)) as Message);
    });
    this.#socket.addEventListener('close', () => {
      this.#rejectAll(new Error('The page is closed.'));
      this.emit('closed');
    });
    this.#socket.addEventListener('error', () => undefined);
  }

  static async connect(url: string): Promise<Inspector> {
    const inspector = new Inspector(url);
    while (inspector.#target === null) await once(inspector, 'target');
    inspector.#post({ method: 'Target.setPauseOnStart', params: { pauseOnStart: true } });
    return inspector;
  }

  send(method: string, params: Parameters = {}): Promise<unknown> {
    return this.#sendTo(this.#target ?? '', method, params);
  }

  /** Sends it now, and to each process that the page moves to. */
  async keep(method: string, params: Parameters = {}): Promise<void> {
    this.#setup.set(method, params);
    await Promise.allSettled([...this.#targets].map((target) => this.#sendTo(target, method, params)));
  }

  /** Ends the waiting for promises of a document that is no longer there. */
  abandonPromises(): void {
    this.#rejectAll(new PageLeft('The page was left.'), ({ method }) => method === 'Runtime.awaitPromise');
  }

  close(): void {
    this.#socket.close();
  }

  #sendTo(targetId: string, method: string, params: Parameters): Promise<unknown> {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Error('The page is closed.'));
    }
    const id = ++this.#lastId;
    const message = JSON.stringify({ id, method, params });
    const answered = new Promise((resolve, reject) =>
      this.#waiting.set(id, { targetId, method, resolve, reject }),
    );
    this.#post({ method: 'Target.sendMessageToTarget', params: { targetId, message } });
    return answered;
  }

  #post(message: Message): void {
    this.#pushesLeft = PUSHES;
    this.#socket.send(JSON.stringify({ id: ++this.#lastId, ...message }));
  }

  #receive({ method, params = {} }: Message): void {
    switch (method) {
      case 'Target.targetCreated':
        this.#meet(params['targetInfo'] as TargetInfo);
        break;
      case 'Target.didCommitProvisionalTarget':
        this.#target = String(params['newTargetId']);
        break;
      case 'Target.targetDestroyed':
        this.#lose(String(params['targetId']));
        break;
      case 'Target.dispatchMessageFromTarget':
        this.#hear(JSON.parse(String(params['message'])) as Message);
    }
  }

  #meet({ targetId, isProvisional, isPaused }: TargetInfo): void {
    this.#targets.add(targetId);
    if (isProvisional !== true) this.#target = targetId;
    for (const [method, params] of this.#setup) {
      this.#sendTo(targetId, method, params).catch(() => undefined);
    }
    if (isPaused === true) this.#post({ method: 'Target.resume', params: { targetId } });
    this.emit('target');
  }

  #lose(lostId: string): void {
    this.#targets.delete(lostId);
    this.#rejectAll(
      new PageLeft('The page has moved to another process.'),
      ({ targetId }) => targetId === lostId,
    );
  }

  #hear({ id, method, params, result, error }: Message): void {
    if (method !== undefined) this.emit(method, params);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (!waiting || id === undefined) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result);
  }

  #rejectAll(error: Error, isMeant: (waiting: Waiting) => boolean = () => true): void {
    for (const [id, waiting] of this.#waiting) {
      if (!isMeant(waiting)) continue;
      this.#waiting.delete(id);
      waiting.reject(error);
    }
  }
}
