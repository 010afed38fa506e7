import { inDebian } from '../debian/packages.ts';
import type { ServerUnderTest } from '../server.ts';
import { byPasswordGrant } from '../sign-in.ts';

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
  signIn: byPasswordGrant('/o/token/'),
  refreshPath: '/o/token/',
  mePath: '/api/me/',
};
