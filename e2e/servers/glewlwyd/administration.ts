/** The REST API of glewlwyd, signed in as one of its users. */
export class Administration {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  static async signIn(url: string, username: string, password: string): Promise<Administration> {
    const answer = await fetch(`${url}/api/auth/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    if (!answer.ok) throw new Error(`glewlwyd does not sign ${username} in: ${answer.status}`);
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    return new Administration(url, cookies.join('; '));
  }

  async call(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.#url}/api/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Cookie: this.#cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`glewlwyd answers ${method} ${path} with ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }
}
