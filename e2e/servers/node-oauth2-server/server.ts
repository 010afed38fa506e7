import { inNode, versionsOf } from '../node/installed.ts';
import type { ServerUnderTest } from '../server.ts';
import { byPasswordGrant } from '../sign-in.ts';

export const nodeOauth2Server: ServerUnderTest = {
  id: 'node-oauth2-server',
  name: '@node-oauth/oauth2-server',
  page: 'oauth.md',
  heading: '@node-oauth/oauth2-server',
  ...inNode(() => versionsOf('@node-oauth/oauth2-server')),
  signIn: byPasswordGrant('/oauth/token'),
  refreshPath: '/oauth/token',
};
