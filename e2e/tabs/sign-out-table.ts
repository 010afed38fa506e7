import { signOutDuringRefresh } from './sign-out.ts';
import { startTable } from './table.ts';

/** Signs out so many times while another tab refreshes, at each of two servers, and prints a row for each. */
export async function signOutAll(times: number): Promise<void> {
  const print = startTable(['protocol'], ['times', 'longest wait ms', 'objections']);
  for (const protocol of ['oidc', 'blacklist'] as const) {
    const { longestMs, objections } = await signOutDuringRefresh(times, protocol);
    print([protocol], [times, longestMs, objections.length]);
    for (const objection of objections) console.log(`  ${objection}`);
    if (objections.length > 0) process.exitCode = 1;
  }
}
