import { join } from 'node:path';
import { createJwtAuthApi } from '../../../projects/demo-api/src/laravel/create-laravel-api.ts';
import { environment, USERS } from '../node/environment.ts';

const api = createJwtAuthApi({
  allowedOrigin: environment('ORIGIN'),
  userNames: USERS,
  stateFile: join(environment('DATA_DIR'), 'state.json'),
  now: Date.now,
  accessSeconds: () => Number(environment('ACCESS_SECONDS')),
});
await api.listen(Number(environment('PORT')));
process.stdin.once('close', () => process.exit()).resume();
