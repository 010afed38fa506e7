import type { SessionRecord } from './session-record';
import { quietly } from './store/attempt';
import type { AreaStorage } from './store/token-storage';
import { wakings } from './wakings';

/**
 * For tabs that share a cookie, and keep their tokens in memory: the user's sign-out in one is one in all. The area
 * shows when that was last, and nothing of the session.
 */
export function shareSignOut(session: SessionRecord, area: AreaStorage, window: EventTarget): void {
  const look = (): string | null => quietly(() => area.read()) ?? null;
  let heard = look();
  const follow = (): void => {
    const shown = look();
    if (shown && shown !== heard && session.credential) session.end('other-tab');
    heard = shown;
  };
  const { lifetime } = session;
  lifetime.add(area.subscribe(follow));
  lifetime.add(wakings(window).subscribe(follow));
  lifetime.add(
    session.events.subscribe((event) => {
      // Who signs in here is not meant by what was before.
      if (event.type === 'signed-in') heard = look();
      if (event.type !== 'signed-out' || event.reason !== 'user') return;
      quietly(() => {
        area.write((heard = `${Date.now()}`));
      });
    }),
  );
}
