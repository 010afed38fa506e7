import { inDebian } from '../debian/packages.ts';
import { passwordOf } from '../node/environment.ts';
import type { ServerUnderTest } from '../server.ts';

export const flaskJwtExtended: ServerUnderTest = {
  id: 'flask-jwt-extended',
  name: 'Flask-JWT-Extended',
  page: 'flask.md',
  command: ['/usr/bin/python3', '-B', 'program.py'],
  ...inDebian('flask-jwt-extended', {
    'python3-python-flask-jwt-extended': 'Flask-JWT-Extended',
    'python3-flask': 'Flask',
  }),
  signIn: { path: '/auth/login', body: (user) => ({ username: user, password: passwordOf(user) }) },
  refreshPath: '/auth/refresh',
  mePath: '/api/me',
};
