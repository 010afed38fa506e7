import { provideHttpClient } from '@angular/common/http';
import { clientOf, openAngular } from '../world/angular-world.ts';
import type { Adapter } from './contract.ts';

/** `HttpClient` with nothing in between: what everything else is compared with. */
export const adapter: Adapter = {
  about: { name: 'bare HttpClient', packages: [], transport: 'HttpClient', can: [], quickstart: null },
  open: ({ server }) => clientOf(openAngular(server, [provideHttpClient()]), () => undefined),
};
