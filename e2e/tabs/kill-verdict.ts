import type { Aftermath, KillPlan, Point, Way } from './kill.ts';

type Cell = Pick<KillPlan, 'way' | 'point'>;

/** Everything in an aftermath that ought not to be so, in words; nothing where all is well. */
export function objections(cell: Cell, aftermath: Aftermath): string[] {
  const { refreshesSent, reuses, resent, signedIn, events } = aftermath;
  const isLost = signedIn.includes(false);
  const mayBeLost = isAnswerAtRisk(cell);
  const found = {
    'the session is lost, although the server had not renewed it': isLost && !mayBeLost,
    'a token is used twice, although its answer was not lost': reuses > 0 && !mayBeLost,
    'a token is used more than twice': reuses > 1,
    'a refused token is sent again': resent > 0,
    'there are more refreshes than tokens to refresh with': refreshesSent > mostRefreshes(cell),
    'the tabs do not agree in the end': isLost && signedIn.includes(true),
    'a call fails, although the session lives':
      !isLost && aftermath.afterwards.some(({ status }) => status !== 200),
    'the end is told other than once a tab':
      isLost && events.some((heard) => count(heard, 'signed-out') !== 1),
    'other than one tab was refused':
      isLost && events.filter((heard) => count(heard, 'refused') > 0).length !== 1,
    'somebody is told of an end that there was none of':
      !isLost && events.some((heard) => count(heard, 'signed-out') > 0),
  };
  return Object.entries(found).flatMap(([objection, isSo]) => (isSo ? [objection] : []));
}

/** Whether the server may have renewed the tokens for a tab that never had the chance to write them. */
function isAnswerAtRisk({ way, point }: { readonly way: Way; readonly point: Point }): boolean {
  const isOut = point === 'answered' || point === 'written';
  return isOut || (way === 'frozen' && point === 'sent');
}

/** If other tabs see the new tokens after one has sent the old refresh token, the server refuses these, too. */
function mostRefreshes({ point }: Cell): number {
  return point === 'written' ? 3 : 2;
}

function count(heard: readonly string[], word: string): number {
  return heard.filter((event) => event.includes(word)).length;
}
