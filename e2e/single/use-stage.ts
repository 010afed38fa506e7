import { after, before } from 'node:test';
import { disconnectBrowser } from '../stage/shared-browser.ts';

interface Closable {
  close(): Promise<void>;
}

/** Opens the site and the servers of a `describe` before its tests, and closes them after. Returns how a test gets them. */
export function useStage<Stage extends Readonly<Record<keyof Stage, Closable>>>(
  open: () => Promise<Stage>,
): () => Stage {
  const opened: Stage[] = [];
  before(async () => {
    opened.push(await open());
  });
  after(async () => {
    const parts = opened.flatMap((stage) => Object.values<Closable>(stage));
    await Promise.all(parts.map((part) => part.close()));
    await disconnectBrowser();
  });
  return () => {
    const [stage] = opened;
    if (!stage) throw new Error('The stage is not open.');
    return stage;
  };
}
