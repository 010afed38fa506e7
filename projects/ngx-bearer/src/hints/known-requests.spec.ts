import { setup } from '../spec/setup';
import { KnownRequests } from './known-requests';

const BASE = 'https://app.example/';

describe('the requests that the hints know', () => {
  it('are those of before, up to a thousand, the oldest forgotten first', () => {
    const known = new KnownRequests();
    const has = (path: string): boolean => known.has(({ pathname }) => pathname === path, BASE);
    for (let count = 0; count < 1000; count++) known.add(`/${count}`);
    expect([has('/0'), has('/999')]).toEqual([true, true]);
    known.add('/0');
    known.add('/1000');
    expect([has('/0'), has('/1'), has('/2'), has('/1000')]).toEqual([true, false, true, true]);
  });

  it('are of the latest refresh if they started while it ran', () => {
    const { clock } = setup();
    const known = new KnownRequests();
    expect(known.isOfRefresh(performance.now())).toBe(false);
    const beforeMs = performance.now();
    clock.advance(10);
    const end = known.beginRefresh();
    const duringMs = performance.now();
    clock.advance(10);
    end();
    clock.advance(10);
    expect([beforeMs, duringMs, performance.now()].map((time) => known.isOfRefresh(time))).toEqual([
      false,
      true,
      false,
    ]);
  });
});
