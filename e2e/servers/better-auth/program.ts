import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { createAuthMiddleware } from 'better-auth/api';
import { toNodeHandler } from 'better-auth/node';
import { bearer, jwt } from 'better-auth/plugins';
import cors from 'cors';
import express, { type Handler } from 'express';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { environment, passwordOf, USERS } from '../node/environment.ts';
import { keep } from '../node/keep.ts';
import { serve } from '../node/serve.ts';

type Row = Readonly<Record<string, unknown>>;

const { state, save } = keep(() => {
  const tables: Record<string, Row[]> = { user: [], session: [], account: [], verification: [], jwks: [] };
  return tables;
});

const auth = betterAuth({
  baseURL: `http://127.0.0.1:${environment('PORT')}`,
  database: memoryAdapter(state),
  emailAndPassword: { enabled: true },
  // The memory adapter forgets everything with its process.
  hooks: { after: createAuthMiddleware(() => saved()) },
  plugins: [bearer(), jwt({ jwt: { expirationTime: `${environment('ACCESS_SECONDS')}s` } })],
  rateLimit: { enabled: false },
  secret: 'of this test, and long enough to be accepted',
  telemetry: { enabled: false },
  trustedOrigins: [environment('ORIGIN')],
});
if (state['user']?.length === 0) await signUpUsers();

const app = express();
app.use(
  cors({
    origin: environment('ORIGIN'),
    credentials: true,
    exposedHeaders: ['WWW-Authenticate', 'Retry-After', 'Date'],
  }),
);
app.all('/api/auth/*splat', toNodeHandler(auth));
app.get('/me', readUser());
serve(app, { refreshPath: '/api/auth/token', revoke, deleteUser });

function saved(): Promise<void> {
  save();
  return Promise.resolve();
}

async function signUpUsers(): Promise<void> {
  for (const name of USERS) {
    const body = { name, email: `${name}@example.com`, password: passwordOf(name) };
    await auth.api.signUpEmail({ body });
  }
}

/** An API that knows better-auth by its JWKS only. */
function readUser(): Handler {
  return async (request, response) => {
    const [, token = ''] = /^Bearer (.+)$/.exec(request.get('Authorization') ?? '') ?? [];
    try {
      const keys = createLocalJWKSet(await auth.api.getJwks());
      const { payload } = await jwtVerify(token, keys);
      response.json({ name: payload['name'] });
    } catch {
      const challenge = token ? 'Bearer error="invalid_token"' : 'Bearer';
      response.status(401).set('WWW-Authenticate', challenge).end();
    }
  };
}

async function revoke(name: string): Promise<void> {
  const { internalAdapter } = await auth.$context;
  await internalAdapter.deleteUserSessions(idOf(name));
  save();
}

async function deleteUser(name: string): Promise<void> {
  const { internalAdapter } = await auth.$context;
  await internalAdapter.deleteUser(idOf(name));
  save();
}

function idOf(name: string): string {
  const user = state['user']?.find((row) => row['name'] === name);
  if (!user) throw new Error(`No user is called ${name}.`);
  return String(user['id']);
}
