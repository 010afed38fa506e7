import type { Page } from 'playwright-core';
import type { RemoteTab } from './tab.ts';

/**
 * A fault of IndexedDB. `held`: an `open` answers only when the test releases it. `failing`: an `open` answers with an
 * error event, as in private windows. `failing-late`: the same after 300 ms. `closing`: a transaction throws, as in Safari.
 */
export type Fault = 'held' | 'failing' | 'failing-late' | 'closing';

export interface FaultPlan {
  /** One operation fails, the next one. */
  readonly next?: Fault;
  /** Each operation fails. */
  readonly all?: Fault;
}

interface DatabaseFaults {
  plan: FaultPlan;
  /** How many faults have occurred since the page was loaded. */
  count: number;
  /** Resolves the promises of held operations. */
  readonly held: (() => void)[];
  /** Whether this operation fails in that way. Counts. */
  occurs(fault: Fault): boolean;
}

declare global {
  interface Window {
    faults: DatabaseFaults;
  }
}

/** Prepares a page. The plan starts again at each load of the page. */
export function withFaults(plan: FaultPlan): (page: Page) => Promise<unknown> {
  return async (page) => {
    await page.addInitScript(startPlan, plan);
    await page.addInitScript(breakDatabase);
  };
}

/** Replaces the plan until the page is loaded again. */
export function setFaults({ page }: RemoteTab, plan: FaultPlan): Promise<void> {
  return page.evaluate((given) => {
    window.faults.plan = given;
  }, plan);
}

/** Lets all held operations go on. */
export function release({ page }: RemoteTab): Promise<void> {
  return page.evaluate(() => {
    for (const letGo of window.faults.held.splice(0)) letGo();
  });
}

export function faultCount({ page }: RemoteTab): Promise<number> {
  return page.evaluate(() => window.faults.count);
}

// The page runs the following as text, so that each must stand alone.
function startPlan(plan: FaultPlan): void {
  const faults: DatabaseFaults = {
    plan,
    count: 0,
    held: [],
    occurs: (fault) => {
      const { next, all } = faults.plan;
      if (next !== fault && all !== fault) return false;
      if (next === fault) faults.plan = {};
      faults.count++;
      return true;
    },
  };
  window.faults = faults;
}

function breakDatabase(): void {
  const { faults } = window;
  const open = indexedDB.open.bind(indexedDB);
  const delay = (opening: IDBOpenDBRequest, until: Promise<unknown>): IDBOpenDBRequest => {
    const hold = (event: Event): void => {
      event.stopImmediatePropagation();
      void until.then(() => opening.dispatchEvent(new Event(event.type)));
    };
    for (const type of ['success', 'error']) opening.addEventListener(type, hold, { once: true });
    return opening;
  };
  // An upgrade that is aborted is an error, and creates no database.
  const openInVain = (): IDBOpenDBRequest => {
    const opening = open('never created');
    opening.addEventListener('upgradeneeded', (event) => {
      event.stopImmediatePropagation();
      opening.transaction?.abort();
    });
    return opening;
  };
  indexedDB.open = (name, version) => {
    if (faults.occurs('failing')) return openInVain();
    if (faults.occurs('failing-late'))
      return delay(openInVain(), new Promise((resolve) => setTimeout(resolve, 300)));
    const opening = open(name, version);
    return faults.occurs('held')
      ? delay(opening, new Promise<void>((resolve) => faults.held.push(resolve)))
      : opening;
  };
  const begin = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')
    ?.value as IDBDatabase['transaction'];
  IDBDatabase.prototype.transaction = function (...parameters) {
    if (faults.occurs('closing')) throw new DOMException('The connection is closing.', 'InvalidStateError');
    return begin.apply(this, parameters);
  };
}
