import type { TabPlan } from './contract.ts';

/** The answer of a login. A cookie protocol leaves its cookies in the browser. */
export async function logIn(username: string, plan: TabPlan, apiUrl: string): Promise<unknown> {
  const answer = await fetch(`${apiUrl}/login`, {
    method: 'POST',
    credentials: 'include',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password: `${username}-pass`, protocol: plan.protocol }),
  });
  if (!answer.ok) throw new Error(`The login answers ${answer.status}.`);
  return answer.json();
}

const TAB = Math.random();
const CALLS_AT_ONCE = 4;
const calls = { made: 0 };

/**
 * The address that tells who calls: another for each tab and its next calls, for Chromium asks for the same one only
 * one at a time; and soon the same again, for it asks leave for each new one.
 */
export function whoAmI(apiUrl: string): string {
  calls.made += 1;
  return `${apiUrl}/me?tab=${TAB}&call=${calls.made % CALLS_AT_ONCE}`;
}
