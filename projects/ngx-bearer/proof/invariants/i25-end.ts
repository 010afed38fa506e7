import type { Invariant } from './judge.ts';

export const end: Invariant = {
  id: 'I25',
  says: 'after the injector is destroyed nothing happens any more',
  at: {
    destroyed: (page, { clock }) => {
      if (clock.pending > 0) return `${clock.pending} timers are left`;
      return page.listeners() > 0 ? `${page.listeners()} listeners are left` : null;
    },
    sending: ({ page }) => (page.isDestroyed ? 'a request is sent' : null),
    refresh: ({ page }) => (page.isDestroyed ? 'a refresh begins' : null),
    stored: (_record, { page }) => (page.isDestroyed ? 'something is written' : null),
    told: ({ page }) => (page.isDestroyed ? 'an event is told' : null),
    step: (_, { clock, page }) => {
      if (clock.faults.length > 0) return `nobody catches ${String(clock.faults[0])}`;
      return page.isDestroyed && clock.pending > 0 ? 'a timer is started' : null;
    },
    end: (_, { clock }) => {
      if (clock.faults.length > 0) return `nobody catches ${String(clock.faults[0])}`;
      return clock.pending > 0 ? 'a timer is left' : null;
    },
  },
};
