/** The page's own address. */
export const PAGE = 'https://app.example.com';
export const TOKEN_ENDPOINT = 'https://api.example.com/auth/token';

/** What the library is told: where the token may go. */
export const ALLOW = ['https://api.example.com/v1', '/api'] as const;

/** Where requests go. Whether the token may go there was decided by hand. */
export const PLACES = {
  api: { url: 'https://api.example.com/v1/items', mayHaveToken: true },
  own: { url: '/api/items', mayHaveToken: true },
  encoded: { url: 'https://api.example.com/v1/projects/group%2Fname', mayHaveToken: true },
  sibling: { url: 'https://api.example.com/v2/items', mayHaveToken: false },
  'longer host': { url: 'https://api.example.com.evil.example/v1/items', mayHaveToken: false },
  'longer path': { url: 'https://api.example.com/v1evil', mayHaveToken: false },
  'user in it': { url: 'https://user@api.example.com/v1/items', mayHaveToken: false },
  http: { url: 'http://api.example.com/v1/items', mayHaveToken: false },
  climbing: { url: 'https://api.example.com/v1/../auth/items', mayHaveToken: false },
  'climbing, encoded': { url: 'https://api.example.com/v1/..%2fauth', mayHaveToken: false },
  elsewhere: { url: 'https://cdn.example.net/v1/items', mayHaveToken: false },
  'own page': { url: '/home', mayHaveToken: false },
} as const;

export type PlaceName = keyof typeof PLACES;
