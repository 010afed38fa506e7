import { setTimeout } from 'node:timers/promises';
import type { Stage } from './stage.ts';
import type { Exchange } from './wire.ts';

const LONGEST_LIFE_MS = 90_000;
const LOOK_EVERY_MS = 200;

/** Whether a request is a refresh, also if users sign in at the same path. */
export function isRefresh({ found: { server } }: Stage, { path, request }: Exchange): boolean {
  if (path !== server.refreshPath) return false;
  return (
    server.signIn.path !== server.refreshPath || /grant_type=refresh_token/.test(request.body.toString())
  );
}

export function refreshesOf(stage: Stage): Exchange[] {
  return stage.wire.exchanges.filter((exchange) => isRefresh(stage, exchange));
}

/** How many answers of each status a path gave. */
export function statusesOf({ wire }: Stage, path: string): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { answer } of wire.exchanges.filter((exchange) => exchange.path === path)) {
    const status = answer?.status ?? 0;
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/** Waits until the server rejects all of these access tokens. */
export async function expireAll({ process, found }: Stage, accessTokens: readonly string[]): Promise<void> {
  const url = process.url + (found.server.mePath ?? '/me');
  const deadline = performance.now() + LONGEST_LIFE_MS;
  for (const token of accessTokens) {
    while ((await statusFor(url, token)) === 200 && performance.now() < deadline) {
      await setTimeout(LOOK_EVERY_MS);
    }
  }
  if (performance.now() > deadline) throw new Error(`${found.server.name} lets no access token expire.`);
}

async function statusFor(url: string, token: string): Promise<number> {
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  await answer.arrayBuffer();
  return answer.status;
}
