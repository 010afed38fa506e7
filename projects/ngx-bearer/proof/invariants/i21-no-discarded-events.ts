import { type HttpEvent, HttpEventType } from '@angular/common/http';
import type { Attempt, Sending } from '../world/facts.ts';
import type { Invariant } from './judge.ts';

const HARMLESS: readonly HttpEventType[] = [HttpEventType.Sent, HttpEventType.UploadProgress];

export const noDiscardedEvents: Invariant = {
  id: 'I21',
  says: 'nothing of a discarded sending is delivered but Sent and upload progress',
  at: {
    settled: (attempt) => {
      const responses = attempt.events.filter(({ type }) => type === HttpEventType.Response).length;
      const expected = attempt.failure === null ? 1 : 0;
      if (responses !== expected) return `${responses} responses are delivered`;
      const stray = attempt.events.find((event) => isStray(event, attempt));
      return stray ? `an event of type ${stray.type} of a discarded sending is delivered` : null;
    },
  },
};

function isStray(event: HttpEvent<unknown>, attempt: Attempt): boolean {
  if (HARMLESS.includes(event.type)) return false;
  const from = attempt.sendings.find(({ events }) => events.includes(event));
  return !from || isDiscarded(from, attempt);
}

/** Whether the caller got something else than what answered it. */
function isDiscarded(sending: Sending, { sendings, failure }: Attempt): boolean {
  return sending !== sendings.at(-1) || sending.answer !== failure;
}
