import { inNode, versionsOf } from '../node/installed.ts';
import { passwordOf } from '../node/environment.ts';
import type { ServerUnderTest } from '../server.ts';

export const express: ServerUnderTest = {
  id: 'express',
  name: 'Express',
  page: 'node.md',
  ...inNode(() => versionsOf('express', 'jsonwebtoken')),
  signIn: { path: '/login', body: (user) => ({ email: user, password: passwordOf(user) }) },
  refreshPath: '/auth/refresh',
};
