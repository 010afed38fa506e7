import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventually } from '../stage/eventually.ts';
import { onSsrStage, type SsrStage, visit } from './ssr-stage.ts';
import { signIn, type Visitor } from './visitor.ts';

const RENDERS = 150;
/** What V8 still looks at may outlive a collection. */
const MOST_LEFT = 3;

const watched: WeakRef<object>[] = [];
const watch = (session: object): void => void watched.push(new WeakRef(session));

describe('a page that was rendered', () => {
  it('leaves no timer, no handle, no listener and no memory', (test) =>
    onSsrStage({ settings: { watch } }, async (stage) => {
      const visitors = await allSorts(stage);
      await render(stage, visitors, RENDERS);
      const [before, heapBefore] = [await settled(), heapBytes()];
      await render(stage, visitors, RENDERS);
      await eventually(() => Promise.resolve(armed()), before);
      const growth = heapBytes() / heapBefore;
      const left = watched.filter((session) => session.deref()).length;
      test.diagnostic(`sessions: ${watched.length}, left in memory: ${left}, heap × ${growth.toFixed(3)}`);
      assert.equal(watched.length, 2 * RENDERS);
      assert.ok(left <= MOST_LEFT, `${left} sessions are still in memory`);
    }));
});

/** Somebody whom the API knows, somebody whom it rejects, and nobody. */
async function allSorts({ depot }: SsrStage): Promise<readonly Pick<Visitor, 'cookie'>[]> {
  const rejected = await signIn(depot.address, 'manager');
  await depot.expireTokens();
  return [await signIn(depot.address, 'clerk'), rejected, { cookie: '' }];
}

async function render(
  stage: SsrStage,
  visitors: readonly Pick<Visitor, 'cookie'>[],
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const visitor = visitors[index % visitors.length];
    if (visitor) await visit(stage, visitor);
  }
  stage.wire.forget();
}

/** What is armed when the connections of the calls before have closed. */
async function settled(): Promise<ReturnType<typeof armed>> {
  const seen = { last: '' };
  await eventually(() => {
    const now = JSON.stringify(armed());
    const isSame = now === seen.last;
    seen.last = now;
    return Promise.resolve(isSame);
  }, true);
  return armed();
}

/** What keeps the process alive, and who listens to it. */
function armed() {
  const listeners = process.eventNames().map((name) => [String(name), process.listenerCount(name)]);
  return {
    resources: countEach(process.getActiveResourcesInfo()),
    listeners: Object.fromEntries(listeners) as unknown,
  };
}

function countEach(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What a finalizer lets go of, the next collection takes.
  for (let round = 0; round < 3; round += 1) collect();
  return process.memoryUsage().heapUsed;
}
