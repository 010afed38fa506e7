import type { Behaviour } from '../probes/behaviour.ts';
import { FAILURES, type FailureEnd } from '../probes/failure.ts';
import { BARE, type Entrant } from './entrants.ts';
import { attempt, type Run } from './run.ts';
import { healers } from './storm.ts';

/** Longer than the longest timeout of a refresh that an entrant has by default, which is ours: 10 s. */
const WAIT_MS = 13_000;
const AT_ONCE = 6;

export interface Manners {
  readonly behaviours: ReadonlyMap<string, readonly Behaviour[]>;
  readonly failures: ReadonlyMap<string, readonly FailureEnd[]>;
}

/** What everybody does where it matters, not how fast: these run beside one another. */
export async function watchManners(run: Run): Promise<Manners> {
  run.say('failures and scenarios');
  const behaviours = new Map<string, readonly Behaviour[]>();
  const failures = new Map<string, FailureEnd[]>();
  const jobs = [
    ...run.entrants.filter(healers).flatMap((entrant) => failureJobs(run, entrant, failures)),
    ...run.entrants.filter(plays).map(({ id, about }) => async () => {
      const watched = await attempt(run, `scenarios of ${about.name}`, () =>
        run.node.do({ probe: 'behaviour', lanes: [id], plan: null }),
      );
      if (watched) behaviours.set(id, watched);
    }),
  ];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) await job();
    }),
  );
  return { behaviours, failures };
}

function plays({ id, about }: Entrant): boolean {
  return id !== BARE && about.can.includes('attach');
}

function failureJobs(run: Run, { id, about }: Entrant, failures: Map<string, FailureEnd[]>) {
  const ends: FailureEnd[] = [];
  failures.set(id, ends);
  return FAILURES.map((failure, index) => async () => {
    const plan = { failure, waitMs: WAIT_MS };
    const end = await attempt(run, `failed refresh of ${about.name}`, () =>
      run.node.do({ probe: 'failure', lanes: [id], plan }),
    );
    if (end) ends[index] = end;
  });
}
