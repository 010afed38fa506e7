import { passwordOf } from '../../node/environment.ts';
import { inNode, versionsSeenFrom } from '../../node/installed.ts';
import type { ServerUnderTest } from '../../server.ts';

export const nestjs: ServerUnderTest = {
  id: 'nestjs',
  name: 'NestJS',
  page: 'nestjs.md',
  ...inNode(() =>
    versionsSeenFrom(import.meta.filename, ['@nestjs/core', '@nestjs/jwt', '@nestjs/throttler']),
  ),
  signIn: { path: '/auth/login', body: (user) => ({ email: user, password: passwordOf(user) }) },
  refreshPath: '/auth/refresh',
};
