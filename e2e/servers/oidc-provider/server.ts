import { inNode, versionsOf } from '../node/installed.ts';
import type { ServerUnderTest } from '../server.ts';

export const oidcProvider: ServerUnderTest = {
  id: 'oidc-provider',
  name: 'oidc-provider',
  page: 'oauth.md',
  ...inNode(() => versionsOf('oidc-provider')),
  signIn: { path: '/login', body: (user) => ({ user }) },
  refreshPath: '/oauth/token',
};
