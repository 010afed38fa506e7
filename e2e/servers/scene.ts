import { expireAll } from './exchanges.ts';
import { Observations } from './observations.ts';
import type { SignedIn } from './page/contract.ts';
import type { Stage } from './stage.ts';
import type { Tab } from './tab.ts';

/** A tab whose access token is expired, if the server refreshes expired ones, and the tokens of its sign-in. */
export interface Desk {
  readonly tab: Tab;
  readonly tokens: SignedIn;
}

/** A server, and a tab for each scenario that cannot share one. */
export interface Scene {
  readonly stage: Stage;
  readonly seen: Observations;
  /** Several scenarios, one after the other. */
  readonly main: Desk;
  readonly throttled: Desk;
  readonly restarted: Desk;
  readonly revoked: Desk;
  readonly deleted: Desk;
}

/** Who signs in in each tab; only bob is deleted. */
export const USERS = ['alice', 'alice', 'alice', 'alice', 'bob'] as const;

/** Everybody signs in at once, so that all tokens expire in one wait. */
export async function openScene(stage: Stage): Promise<Scene> {
  const seen = new Observations(stage);
  const tabs = await Promise.all(USERS.map(() => stage.openTab()));
  const desks: Desk[] = [];
  // One after the other, so that the answers stay in order.
  for (const [index, tab] of tabs.entries()) {
    const user = USERS[index] ?? '';
    const tokens = await tab.signIn(user);
    const { status, body } = await tab.call();
    seen.signIns.push(`${status} ${body?.includes(user) ? user : 'somebody else'}`);
    desks.push({ tab, tokens });
  }
  seen.readSignIn(desks.map(({ tokens }) => tokens));
  if (!stage.found.server.refreshesOnlyValidTokens) {
    await expireAll(
      stage,
      desks.map(({ tokens }) => tokens.accessToken),
    );
  }
  await Promise.all(desks.map(({ tab }) => tab.newEvents()));
  const [main, throttled, restarted, revoked, deleted] = desks as [Desk, Desk, Desk, Desk, Desk];
  return { stage, seen, main, throttled, restarted, revoked, deleted };
}
