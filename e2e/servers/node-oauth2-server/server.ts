import { versionsOf } from '../node/installed.ts';
import { passwordOf } from '../node/environment.ts';
import type { ServerUnderTest } from '../server.ts';

export const nodeOauth2Server: ServerUnderTest = {
  id: 'node-oauth2-server',
  name: '@node-oauth/oauth2-server',
  page: 'oauth.md',
  heading: '@node-oauth/oauth2-server',
  pinned: true,
  command: ['node', 'program.ts'],
  missing: () => Promise.resolve(null),
  version: () => versionsOf('@node-oauth/oauth2-server'),
  signIn: {
    path: '/oauth/token',
    form: true,
    body: (user) => ({
      grant_type: 'password',
      client_id: 'shop',
      username: user,
      password: passwordOf(user),
    }),
  },
  refreshPath: '/oauth/token',
};
