import { passwordOf } from './node/environment.ts';
import type { SignInRequest } from './server.ts';

/** Signs in with an e-mail address. */
export function byEmail(path: string): SignInRequest {
  return { path, body: (user) => ({ email: `${user}@example.com`, password: passwordOf(user) }) };
}

/** Signs in with OAuth's password grant, which stands for the sign-in page of the authorization code grant. */
export function byPasswordGrant(path: string, more: Readonly<Record<string, string>> = {}): SignInRequest {
  return {
    path,
    form: true,
    body: (user) => ({
      grant_type: 'password',
      client_id: 'shop',
      username: user,
      password: passwordOf(user),
      ...more,
    }),
  };
}
