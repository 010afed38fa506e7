import { createJwtAuthApi } from '../../../projects/demo-api/src/laravel/create-laravel-api.ts';
import { serveReproduced } from '../node/serve-reproduced.ts';

await serveReproduced(createJwtAuthApi);
