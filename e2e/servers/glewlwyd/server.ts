import { inDebian } from '../debian/packages.ts';
import { passwordOf } from '../node/environment.ts';
import type { ServerUnderTest } from '../server.ts';

export const glewlwyd: ServerUnderTest = {
  id: 'glewlwyd',
  name: 'glewlwyd',
  page: 'oauth.md',
  heading: 'glewlwyd',
  command: ['node', 'program.ts'],
  ...inDebian('glewlwyd', { glewlwyd: 'glewlwyd' }),
  signIn: {
    path: '/api/glwd/token',
    form: true,
    body: (user) => ({
      grant_type: 'password',
      client_id: 'shop',
      username: user,
      password: passwordOf(user),
      scope: 'shop',
    }),
  },
  refreshPath: '/api/glwd/token',
  mePath: '/api/glwd/profile',
  unavailable: { spent: 'a refresh token works many times' },
};
