import { createDemoApi } from '../../../projects/demo-api/src/create-demo-api.ts';
import { DepotWatch } from '../../stage/depot-watch.ts';
import type { Upstream } from './token-server.ts';

const LONGEST_LIFE_SECONDS = 86_400;

/** The parcel depot of the demo, with its own protocols. */
export async function openDepot({
  origin,
  graceSeconds,
}: {
  readonly origin: string;
  readonly graceSeconds: number;
}): Promise<Upstream> {
  const settings = { graceSeconds, accessTokenLifeSeconds: LONGEST_LIFE_SECONDS };
  const depot = createDemoApi({ allowedOrigins: [origin], settings });
  const watch = new DepotWatch(await depot.listen());
  return {
    url: watch.address,
    expireAll: () => watch.expireTokens(),
    reuseDetections: async () => (await watch.counters()).reuseDetected ?? 0,
    close: () => depot.close(),
  };
}
