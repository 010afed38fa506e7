import { inDebian } from '../debian/packages.ts';
import type { ServerUnderTest } from '../server.ts';
import { byPasswordGrant } from '../sign-in.ts';

export const glewlwyd: ServerUnderTest = {
  id: 'glewlwyd',
  name: 'glewlwyd',
  page: 'oauth.md',
  heading: 'glewlwyd',
  command: ['node', 'program.ts'],
  ...inDebian('glewlwyd', { glewlwyd: 'glewlwyd' }),
  signIn: byPasswordGrant('/api/glwd/token', { scope: 'shop' }),
  refreshPath: '/api/glwd/token',
  mePath: '/api/glwd/profile',
  unavailable: { spent: 'a refresh token works many times' },
};
