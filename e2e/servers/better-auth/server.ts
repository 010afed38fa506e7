import { inNode, versionsOf } from '../node/installed.ts';
import type { ServerUnderTest } from '../server.ts';
import { byEmail } from '../sign-in.ts';

export const betterAuth: ServerUnderTest = {
  id: 'better-auth',
  name: 'better-auth',
  page: 'better-auth.md',
  ...inNode(() => versionsOf('better-auth')),
  signIn: byEmail('/api/auth/sign-in/email'),
  refreshPath: '/api/auth/token',
  unavailable: { spent: 'a refresh does not spend the session token' },
};
