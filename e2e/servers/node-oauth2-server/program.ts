import OAuth2Server, { type OAuthError } from '@node-oauth/oauth2-server';
import cors from 'cors';
import express, { type Handler, type Request, type Response } from 'express';
import { environment } from '../node/environment.ts';
import { serve } from '../node/serve.ts';
import { deleteUser, model, revoke } from './model.ts';

const TOKEN_ENDPOINT = '/oauth/token';

const oauth = new OAuth2Server({
  model,
  accessTokenLifetime: Number(environment('ACCESS_SECONDS')),
  // A public client has no secret.
  requireClientAuthentication: { password: false, refresh_token: false },
});

const app = express();
app.use(
  cors({
    origin: environment('ORIGIN'),
    credentials: true,
    exposedHeaders: ['WWW-Authenticate', 'Retry-After', 'Date'],
  }),
);
app.use(express.urlencoded({ extended: false }));
app.post(
  TOKEN_ENDPOINT,
  answering((request, response) => oauth.token(request, response)),
);
app.get(
  '/me',
  answering(async (request, response) => {
    const { user } = await oauth.authenticate(request, response);
    response.body = { name: String(user['name']) };
  }),
);
serve(app, { refreshPath: TOKEN_ENDPOINT, revoke, deleteUser });

type Answer = (request: OAuth2Server.Request, response: OAuth2Server.Response) => Promise<unknown>;

/** Express's request and response, as the package wants them. */
function answering(answer: Answer): Handler {
  return async (request: Request, response: Response) => {
    const outcome = new OAuth2Server.Response();
    try {
      await answer(new OAuth2Server.Request(request), outcome);
      response.status(outcome.status ?? 200);
    } catch (error) {
      const { code, name, message } = error as OAuthError;
      response.status(code);
      outcome.body ??= { error: name, error_description: message };
    }
    response.set(outcome.headers ?? {}).json(outcome.body);
  };
}
