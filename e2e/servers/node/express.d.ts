/** The part of `express` and `cors` that the servers use; the packages bring no types. */
declare module 'express' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  export interface Request extends IncomingMessage {
    readonly body: unknown;
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly query: Record<string, string>;
    get(header: string): string | undefined;
  }

  export interface Response extends ServerResponse {
    set(headers: Record<string, string>): this;
    set(header: string, value: string): this;
    status(code: number): this;
    json(body: unknown): this;
  }

  export type Handler = (request: Request, response: Response, next: () => void) => unknown;

  export type Application = RequestListener & {
    use(...handlers: Handler[]): void;
    get(path: string, ...handlers: Handler[]): void;
    post(path: string, ...handlers: Handler[]): void;
    all(path: string, ...handlers: Handler[]): void;
    listen(this: Application, port: number): void;
  };

  const express: {
    (): Application;
    json(): Handler;
    urlencoded(options: { readonly extended: boolean }): Handler;
    /** The prototype of all applications. */
    readonly application: Application;
  };
  export default express;
}

declare module 'cors' {
  import type { Handler } from 'express';

  export default function cors(options: {
    readonly origin: string;
    readonly credentials?: boolean;
    readonly exposedHeaders?: readonly string[];
  }): Handler;
}
