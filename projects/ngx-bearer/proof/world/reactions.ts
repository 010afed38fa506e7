import type { AuthEvent } from 'ngx-bearer';
import { REQUEST } from '../program/step.ts';
import type { Attempt } from './facts.ts';
import { cancelAll, request } from './requests.ts';
import type { World } from './world.ts';

/** What the app does within the event, as its setting has it; twice in a program at most. */
export function react(event: AuthEvent, world: World): void {
  const { listener } = world.setting;
  if (listener === 'nothing' || world.page.isDestroyed || world.reactions >= 2) return;
  const isEnd = event.type === 'signed-out' && event.reason === 'refused';
  if (listener === 'signs in again' && isEnd) {
    world.reactions++;
    world.signIn('A');
  }
  if (listener === 'sends again' && event.type !== 'storage-failed') {
    world.reactions++;
    request(REQUEST, world);
  }
}

/** What the caller does within its answer, as its step has it. */
export function afterSettled({ call, page }: Attempt, world: World): void {
  if (page !== world.page || page.isDestroyed || call.hasReacted) return;
  call.hasReacted = true;
  switch (call.step.then) {
    case 'nothing':
      return;
    case 'sends another':
      request(REQUEST, world);
      return;
    case 'signs out':
      world.signOut();
      return;
    case 'signs in':
      world.signIn('B');
      return;
    case 'cancels all':
      cancelAll(world);
  }
}
