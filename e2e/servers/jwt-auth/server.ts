import { inNode } from '../node/installed.ts';
import type { ServerUnderTest } from '../server.ts';
import { byEmail } from '../sign-in.ts';

/** A PHP package that the tests do not install: the demo API reproduces its answers, with the sources cited. */
export const jwtAuth: ServerUnderTest = {
  id: 'jwt-auth',
  name: 'Laravel jwt-auth',
  page: 'laravel.md',
  heading: 'jwt-auth',
  ...inNode(() => Promise.resolve('tymon/jwt-auth 2.1.1, reproduced')),
  signIn: byEmail('/api/auth/login'),
  refreshPath: '/api/auth/refresh',
  mePath: '/api/me',
  unavailable: {
    revoke: 'jwt-auth does not list the tokens of a user: it only blacklists the token of a request',
    'delete-user': 'its refresh does not look for the user: it answers 200, and the route behind it 401',
    garbage: 'there is no refresh token: the access token is exchanged',
    absent: 'there is no refresh token: the access token is exchanged',
  },
};
