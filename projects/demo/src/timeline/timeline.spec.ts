import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headlineParts, tallyOf } from './tally.ts';
import {
  emptyTimeline,
  endOf,
  fold,
  isQuiet,
  startOf,
  stateOf,
  type Note,
  type Timeline,
} from './timeline.ts';

describe('timeline', () => {
  it('draws six healed calls as six rejections, one refresh and six replays', () => {
    const timeline = folded([...issueAll(6, 0), ...rejectAll(6, 100), ...heal(6, { from: 100, to: 500 })]);

    assert.equal(headline(timeline), '6 requests · 6 rejections · 1 refresh · 6 replays');
    assert.deepEqual(
      timeline.lanes.map(({ steps }) => steps.map(({ state, at }) => `${state} ${at}`).join(', ')),
      Array.from({ length: 6 }, () => 'sent 0, rejected 100, held 100, replayed 500, done 560'),
    );
    assert.deepEqual(timeline.refreshes, [{ state: 'refreshed', from: 100, to: 500 }]);
    assert.equal(isQuiet(timeline), true);
  });

  it('counts in the singular, and failures only where there are any', () => {
    const rejected = folded([...issueAll(1, 0), ...rejectAll(1, 5), { type: 'refresh-started', at: 5 }]);
    const failed = fold(rejected, { type: 'ended', at: 9, call: 0, state: 'failed', status: 401 });

    assert.equal(headline(rejected), '1 request · 1 rejection · 1 refresh · 0 replays');
    assert.equal(headline(failed), '1 request · 1 rejection · 1 refresh · 0 replays · 1 failed');
  });

  it('holds a rejected call from the moment a refresh runs, whichever came first', () => {
    const before = folded([...issueAll(1, 0), ...rejectAll(1, 40), { type: 'refresh-started', at: 41 }]);
    const during = folded([...issueAll(1, 0), { type: 'refresh-started', at: 20 }, ...rejectAll(1, 40)]);

    assert.equal(states(before), 'sent, rejected, held');
    assert.equal(states(during), 'sent, rejected, held');
  });

  it('replays a late rejection without a wait', () => {
    const timeline = folded([...issueAll(1, 0), ...rejectAll(1, 40), { type: 'sent', at: 40, call: 0 }]);

    assert.equal(states(timeline), 'sent, rejected, replayed');
  });

  it('shows a call that waits at the gate before its first sending as held, then sent', () => {
    const waiting = folded([{ type: 'refresh-started', at: 0 }, issued(0, 10)]);
    const sent = fold(waiting, { type: 'sent', at: 300, call: 0 });

    assert.equal(states(waiting), 'held');
    assert.equal(states(sent), 'held, sent');
    assert.equal(headline(sent), '1 request · 0 rejections · 1 refresh · 0 replays');
  });

  it('draws no wait for a call that fails in the instant it is issued', () => {
    const timeline = folded([issued(0, 10), { type: 'ended', at: 10, call: 0, state: 'failed', status: 0 }]);

    assert.equal(states(timeline), 'failed');
  });

  it('changes an ended call no more', () => {
    const ended = folded([issued(0, 0), { type: 'ended', at: 5, call: 0, state: 'done', status: 200 }]);
    const late = folded([{ type: 'sent', at: 9, call: 0 }, ...rejectAll(1, 9)], ended);

    assert.deepEqual(late, ended);
  });

  it('begins a new burst when all is quiet, and lets calls join what still runs', () => {
    const open = folded([...issueAll(1, 0), { type: 'burst-begun', at: 5 }, issued(1, 5)]);
    const next = folded(
      [...heal(2, { from: 10, to: 20 }), { type: 'burst-begun', at: 90 }, issued(2, 90)],
      open,
    );

    assert.deepEqual(
      open.lanes.map(({ call }) => call),
      [0, 1],
    );
    assert.deepEqual(
      next.lanes.map(({ call }) => call),
      [2],
    );
    assert.deepEqual(next.refreshes, []);
  });

  it('stays open while a refresh runs behind calls that have all ended', () => {
    const timeline = folded([
      ...issueAll(1, 0),
      { type: 'refresh-started', at: 3 },
      { type: 'ended', at: 3, call: 0, state: 'failed', status: 401 },
    ]);

    assert.equal(isQuiet(timeline), false);
    assert.equal(endOf(timeline, 777), 777);
  });

  it('draws one band for one refresh, however often its start is noted', () => {
    const timeline = folded([
      { type: 'refresh-started', at: 10 },
      { type: 'refresh-started', at: 11 },
      { type: 'refresh-ended', at: 30, end: 'refused' },
      { type: 'refresh-ended', at: 31, end: 'stopped' },
    ]);

    assert.deepEqual(timeline.refreshes, [{ state: 'refused', from: 10, to: 30 }]);
  });

  it('counts a refresh of another tab as adopted, and as no refresh of this one', () => {
    const timeline = folded([
      issued(1, 0),
      { type: 'sent', at: 0, call: 1 },
      { type: 'rejected', at: 10, call: 1 },
      { type: 'refresh-started', at: 10 },
      { type: 'refresh-ended', at: 30, end: 'adopted' },
      { type: 'sent', at: 30, call: 1 },
      { type: 'ended', at: 40, call: 1, state: 'done', status: 200 },
    ]);

    assert.equal(headline(timeline), '1 request · 1 rejection · 0 refreshes · 1 adopted · 1 replay');
  });

  it('reaches from its first moment to its last', () => {
    const timeline = folded([...issueAll(2, 100), ...heal(2, { from: 150, to: 400 })]);

    assert.equal(startOf(timeline), 100);
    assert.equal(endOf(timeline, 9_999), 460);
    assert.equal(startOf(emptyTimeline), null);
    assert.equal(endOf(emptyTimeline, 12), 12);
  });
});

function folded(notes: readonly Note[], from: Timeline = emptyTimeline): Timeline {
  return notes.reduce(fold, from);
}

function headline(timeline: Timeline): string {
  return headlineParts(tallyOf(timeline))
    .map(({ text }) => text)
    .join(' · ');
}

function states(timeline: Timeline): string {
  const [lane] = timeline.lanes;
  assert.ok(lane);
  assert.equal(stateOf(lane), lane.steps.at(-1)?.state);
  return lane.steps.map(({ state }) => state).join(', ');
}

function issued(call: number, at: number): Note {
  return { type: 'issued', at, call, method: 'GET', path: `/orders/${call}` };
}

function issueAll(count: number, at: number): Note[] {
  const sent = (call: number): Note[] => [issued(call, at), { type: 'sent', at, call }];
  return Array.from({ length: count }, (_, call) => sent(call)).flat();
}

function rejectAll(count: number, at: number): Note[] {
  return Array.from({ length: count }, (_, call) => ({ type: 'rejected', at, call }));
}

function heal(count: number, refresh: { from: number; to: number }): Note[] {
  const calls = Array.from({ length: count }, (_, call) => call);
  return [
    { type: 'refresh-started', at: refresh.from },
    { type: 'refresh-ended', at: refresh.to, end: 'refreshed' },
    ...calls.map((call): Note => ({ type: 'sent', at: refresh.to, call })),
    ...calls.map((call): Note => ({ type: 'ended', at: refresh.to + 60, call, state: 'done', status: 200 })),
  ];
}
