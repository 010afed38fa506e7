import { versionsOf } from '../node/installed.ts';
import type { ServerUnderTest } from '../server.ts';

export const oidcProvider: ServerUnderTest = {
  id: 'oidc-provider',
  name: 'oidc-provider',
  page: 'oauth.md',
  pinned: true,
  command: ['node', 'program.ts'],
  missing: () => Promise.resolve(null),
  version: () => versionsOf('oidc-provider'),
  signIn: { path: '/login', body: (user) => ({ user }) },
  refreshPath: '/oauth/token',
};
