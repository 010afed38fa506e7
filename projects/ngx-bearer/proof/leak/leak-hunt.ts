import type { Library } from '../library.ts';
import { Clock, turn } from '../world/clock.ts';
import { openApp } from './app.ts';
import { OpenSubscriptions } from './open-subscriptions.ts';
import { leave, work } from './work.ts';

/** How much more there is than before of what should be gone. */
export interface Leaks {
  readonly heapBytes: number;
  readonly timers: number;
  readonly listeners: number;
  readonly subscriptions: number;
  /** Apps that were destroyed, and are still held by something. */
  readonly apps: number;
}

export interface LeakRun {
  /** Requests that are over, and the refreshes they took. */
  readonly requests: number;
  readonly refreshes: number;
  /** Left behind in an app that lives on. */
  readonly byUse: Leaks;
  /** Left behind by apps that were opened and destroyed. */
  readonly byLeaving: Leaks;
}

interface Load {
  /** Each with ten requests and one refresh. */
  readonly rounds: number;
  readonly apps: number;
}

/** Lets the library work, and looks at what it leaves behind. Needs `--expose-gc`. */
export class LeakHunt {
  readonly #library: Library;
  readonly #clock = new Clock();
  readonly #subscriptions = new OpenSubscriptions();
  readonly #destroyed: WeakRef<object>[] = [];
  #listeners = 0;

  constructor(library: Library) {
    this.#library = library;
  }

  /** A tenth of the load comes beforehand: what is made once is no leak. */
  async run({ rounds, apps }: Load): Promise<LeakRun> {
    this.#clock.install();
    this.#subscriptions.install();
    try {
      return { ...(await this.#use(rounds)), byLeaving: await this.#openAndLeave(apps) };
    } finally {
      this.#subscriptions.restore();
      this.#clock.restore();
    }
  }

  async #use(rounds: number): Promise<Omit<LeakRun, 'byLeaving'>> {
    const app = openApp(this.#library);
    const look = (): Promise<Leaks> => {
      this.#listeners = app.window.listeners;
      return this.#look();
    };
    work(app, rounds / 10, this.#clock);
    const [before, refreshesBefore] = [await look(), app.server.refreshes];
    const requests = work(app, rounds, this.#clock);
    const byUse = difference(await look(), before);
    app.destroy();
    return { requests, refreshes: app.server.refreshes - refreshesBefore, byUse };
  }

  async #openAndLeave(apps: number): Promise<Leaks> {
    this.#listeners = 0;
    for (let moment = 0; moment < apps / 10; moment++) this.#openAndLeaveOne(moment);
    // What the app before has left counts too.
    const { heapBytes } = await this.#look();
    for (let moment = 0; moment < apps; moment++) this.#openAndLeaveOne(moment);
    const after = await this.#look();
    return { ...after, heapBytes: after.heapBytes - heapBytes };
  }

  #openAndLeaveOne(moment: number): void {
    const app = openApp(this.#library);
    this.#destroyed.push(new WeakRef(app.session));
    leave(app, moment);
    this.#listeners += app.window.listeners;
  }

  async #look(): Promise<Leaks> {
    // What a WeakRef was made of is held until the end of the turn.
    await turn();
    for (let round = 0; round < 4; round++) globalThis.gc?.();
    return {
      heapBytes: process.memoryUsage().heapUsed,
      timers: this.#clock.pending,
      listeners: this.#listeners,
      subscriptions: this.#subscriptions.count,
      apps: this.#destroyed.filter((session) => session.deref()).length,
    };
  }
}

function difference(after: Leaks, before: Leaks): Leaks {
  return {
    heapBytes: after.heapBytes - before.heapBytes,
    timers: after.timers - before.timers,
    listeners: after.listeners - before.listeners,
    subscriptions: after.subscriptions - before.subscriptions,
    apps: after.apps - before.apps,
  };
}
