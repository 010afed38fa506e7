import { inDebian } from '../debian/packages.ts';
import { passwordOf } from '../node/environment.ts';
import type { ServerUnderTest } from '../server.ts';

export const simplejwt: ServerUnderTest = {
  id: 'simplejwt',
  name: 'Django simplejwt',
  page: 'django.md',
  heading: 'simplejwt',
  command: ['/usr/bin/python3', '-B', 'program.py'],
  ...inDebian('simplejwt', {
    'python3-djangorestframework-simplejwt': 'simplejwt',
    'python3-django': 'Django',
  }),
  signIn: { path: '/api/token/', body: (user) => ({ username: user, password: passwordOf(user) }) },
  refreshPath: '/api/token/refresh/',
  mePath: '/api/me/',
};
