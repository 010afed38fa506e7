import { inNode } from '../node/installed.ts';
import type { ServerUnderTest } from '../server.ts';
import { byEmail } from '../sign-in.ts';

/** A PHP package that the tests do not install: the demo API reproduces its answers, with the sources cited. */
export const sanctum: ServerUnderTest = {
  id: 'sanctum',
  name: 'Laravel Sanctum',
  page: 'laravel.md',
  heading: 'Sanctum',
  ...inNode(() => Promise.resolve('laravel/sanctum 4.0.1, reproduced')),
  signIn: byEmail('/api/auth/login'),
  refreshPath: '/api/auth/refresh',
  mePath: '/api/me',
};
