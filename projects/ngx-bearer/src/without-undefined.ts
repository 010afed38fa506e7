/** Its optional fields may be undefined. */
type WithUndefined<T> = { readonly [K in keyof T]: T[K] | (object extends Pick<T, K> ? undefined : never) };

/** The fields of an object that are not undefined, in a new object. */
export function withoutUndefined<T extends object>(fields: WithUndefined<T>): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
