/** What the dashboard loads, and what `Send 6` asks for. */
export const SIX = ['/me', '/orders', '/shipments', '/stock', '/invoices', '/notifications'] as const;

/** The same for each: `{ 'GET /me': value, 'GET /orders': value }`. */
export function eachOf<Value>(paths: readonly string[], value: Value): Record<string, Value> {
  return Object.fromEntries(paths.map((path) => [`GET ${path}`, value]));
}
