/** The part of `oidc-provider` that the tests use; the package brings no types. */
declare module 'oidc-provider' {
  import type { EventEmitter } from 'node:events';
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  export interface Token {
    readonly accountId: string;
    save(): Promise<string>;
    destroy(): Promise<void>;
  }

  export interface Grant extends Token {
    addOIDCScope(scope: string): void;
  }

  export interface Client {
    readonly clientId: string;
  }

  export default class Provider extends EventEmitter {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
    readonly Client: { find(clientId: string): Promise<Client | undefined> };
    readonly AccessToken: { find(value: string): Promise<Token | undefined> };
    readonly Grant: new (payload: { readonly accountId: string; readonly clientId: string }) => Grant;
    readonly RefreshToken: new (payload: object) => Token;
    /** Ends a page of the sign-in, and goes on with the authorization. */
    interactionFinished(incoming: IncomingMessage, outgoing: ServerResponse, result: object): Promise<void>;
  }
}
