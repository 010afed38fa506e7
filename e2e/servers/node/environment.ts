/** A variable that the harness sets. */
export function environment(name: 'PORT' | 'ORIGIN' | 'DATA_DIR' | 'ACCESS_SECONDS'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. The harness starts this program: npm run servers`);
  return value;
}

export const USERS: readonly string[] = ['alice', 'bob'];

export function passwordOf(user: string): string {
  return `${user}-pass`;
}
