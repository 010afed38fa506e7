/** How long after its `iat`, or after its issue for a refresh token, a token still buys a new one. */
export const REFRESH_WINDOW_MS = 14 * 24 * 60 * 60 * 1000;
