import { inDebian } from '../debian/packages.ts';
import type { ServerUnderTest } from '../server.ts';
import { byEmail } from '../sign-in.ts';

/** An application of Laravel with a guard of its own, since jwt-auth is not in Debian. */
export const laravel: ServerUnderTest = {
  id: 'laravel',
  name: 'Laravel, as jwt-auth answers',
  page: 'laravel.md',
  heading: 'jwt-auth',
  // PHP's server does not watch its stdin: the kernel ends it with its parent.
  command: ['sh', '-c', 'php seed.php && exec setpriv --pdeathsig KILL php -S "127.0.0.1:$PORT" program.php'],
  ...inDebian('laravel', { 'php-laravel-framework': 'Laravel', 'php-cli': 'PHP' }),
  signIn: byEmail('/api/auth/login'),
  refreshPath: '/api/auth/refresh',
  mePath: '/api/me',
  unavailable: {
    garbage: 'the access token itself is exchanged; there is no other token',
    absent: 'the access token itself is exchanged; there is no other token',
  },
};
