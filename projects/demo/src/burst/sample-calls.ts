const paths = [
  '/me',
  '/orders',
  '/shipments',
  '/stock',
  '/invoices',
  '/notifications',
  '/customers',
  '/products',
  '/reports/summary',
] as const;

/** As many paths as asked for, in turn from the resources anybody may read. */
export function samplePaths(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => paths[index % paths.length] ?? paths[0]);
}
