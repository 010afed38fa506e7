import { inDebian } from '../debian/packages.ts';
import { passwordOf } from '../node/environment.ts';
import type { ServerUnderTest } from '../server.ts';

export const djangoOauthToolkit: ServerUnderTest = {
  id: 'django-oauth-toolkit',
  name: 'django-oauth-toolkit',
  page: 'django.md',
  heading: 'django-oauth-toolkit',
  command: ['/usr/bin/python3', '-B', 'program.py'],
  ...inDebian('django-oauth-toolkit', {
    'python3-django-oauth-toolkit': 'django-oauth-toolkit',
    'python3-django': 'Django',
  }),
  signIn: {
    path: '/o/token/',
    form: true,
    body: (user) => ({
      grant_type: 'password',
      client_id: 'shop',
      username: user,
      password: passwordOf(user),
    }),
  },
  refreshPath: '/o/token/',
  mePath: '/api/me/',
};
