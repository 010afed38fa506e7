import { versionsOf } from '../node/installed.ts';
import { passwordOf } from '../node/environment.ts';
import type { ServerUnderTest } from '../server.ts';

export const betterAuth: ServerUnderTest = {
  id: 'better-auth',
  name: 'better-auth',
  page: 'better-auth.md',
  pinned: true,
  command: ['node', 'program.ts'],
  missing: () => Promise.resolve(null),
  version: () => versionsOf('better-auth'),
  signIn: {
    path: '/api/auth/sign-in/email',
    body: (user) => ({ email: `${user}@example.com`, password: passwordOf(user) }),
  },
  refreshPath: '/api/auth/token',
  unavailable: { spent: 'a refresh does not spend the session token' },
};
