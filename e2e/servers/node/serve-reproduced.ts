import { join } from 'node:path';
import type { createSanctumApi } from '../../../projects/demo-api/src/laravel/create-laravel-api.ts';
import { environment, USERS } from './environment.ts';

/** Serves what the demo API reproduces of a PHP package, until the harness closes stdin. */
export async function serveReproduced(create: typeof createSanctumApi): Promise<void> {
  const api = create({
    allowedOrigin: environment('ORIGIN'),
    userNames: USERS,
    stateFile: join(environment('DATA_DIR'), 'state.json'),
    now: Date.now,
    accessSeconds: () => Number(environment('ACCESS_SECONDS')),
  });
  await api.listen(Number(environment('PORT')));
  process.stdin.once('close', () => process.exit()).resume();
}
