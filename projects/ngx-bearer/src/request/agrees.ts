import type { Warn } from '../development';

/** What a function of the configuration answers; one that throws means no. */
export function agrees(answer: () => boolean, warn: Warn): boolean {
  try {
    return answer();
  } catch {
    warn(ngDevMode && "a function given as 'allow', 'replay' or 'shouldRefresh' threw; that counts as no.");
    return false;
  }
}
