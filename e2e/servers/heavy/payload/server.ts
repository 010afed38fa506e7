import { inNode, versionsSeenFrom } from '../../node/installed.ts';
import type { ServerUnderTest } from '../../server.ts';
import { byEmail } from '../../sign-in.ts';

export const payload: ServerUnderTest = {
  id: 'payload',
  name: 'Payload',
  page: 'payload.md',
  // Each scenario signs in, and has to end before this token expires.
  accessSeconds: 20,
  ...inNode(() => versionsSeenFrom(import.meta.filename, ['payload'])),
  signIn: byEmail('/api/users/login'),
  refreshPath: '/api/users/refresh-token',
  mePath: '/api/users',
  rejectionStatus: 403,
  refreshesOnlyValidTokens: true,
  unavailable: {
    spent: 'a refresh does not spend the old token',
    absent: 'there is no refresh token: the access token is exchanged',
  },
};
