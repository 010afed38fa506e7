import { DestroyRef, inject, signal } from '@angular/core';

/**
 * The time of day in epoch milliseconds. A template or computed that reads it is drawn anew once a second, for as
 * long as the owner lives.
 */
export function secondHand(): () => number {
  const tick = signal(0);
  const timer = setInterval(() => {
    tick.update((count) => count + 1);
  }, 1_000);
  inject(DestroyRef).onDestroy(() => {
    clearInterval(timer);
  });
  return () => {
    tick();
    return Date.now();
  };
}
