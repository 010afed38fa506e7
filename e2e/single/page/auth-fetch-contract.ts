declare global {
  interface Window {
    fetchPage: AuthFetchPage;
  }
}

/** As `openapi-typescript` writes the types of an API. */
export interface Paths {
  '/orders': {
    post: {
      requestBody: { content: { 'application/json': { item: string } } };
      responses: { 200: { content: { 'application/json': { ordered: string } } } };
    };
  };
}

/** What a test can do in the page that uses `injectAuthFetch`. */
export interface AuthFetchPage {
  /** Listens to server-sent events until there are as many as this. */
  listen(count: number): Promise<string[]>;
  /** Orders by a generated client; status and answer. */
  order(item: string): Promise<string>;
}
