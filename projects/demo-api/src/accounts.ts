/** Somebody who can sign in at the depot. */
export interface Account {
  readonly username: string;
  readonly subject: string;
  readonly name: string;
  readonly mayAudit: boolean;
}

export const ACCOUNTS: readonly Account[] = [
  { username: 'clerk', subject: 'user-1', name: 'Clerk', mayAudit: false },
  { username: 'manager', subject: 'user-2', name: 'Manager', mayAudit: true },
];

/** The account these credentials open. Every demo password is the username followed by `-pass`. */
export function findAccount(username: string, password: string): Account | undefined {
  return ACCOUNTS.find((account) => account.username === username && password === `${username}-pass`);
}
