import type { HttpRequest } from '@angular/common/http';
import type { Sending } from '../world/facts.ts';
import type { Finding, Invariant } from './judge.ts';

const XSRF = 'X-XSRF-TOKEN';
const MAY_DIFFER = ['authorization', 'dpop', XSRF.toLowerCase()];

export const sameReplay: Invariant = {
  id: 'I22',
  says: 'a replay differs only in the bearer header and a re-read XSRF header',
  at: {
    sending: (replay) => {
      const [first] = replay.attempt.sendings;
      return first && first !== replay ? compare(first, replay) : undefined;
    },
  },
};

function compare(first: Sending, replay: Sending): Finding {
  if (fingerprint(first.request) !== fingerprint(replay.request)) return 'the replay is another request';
  if (first.bodyText !== replay.bodyText)
    return `the replay sends ${replay.bodyText} and not ${first.bodyText}`;
  if (first.request.context !== replay.request.context) return 'the replay has another context';
  if (!first.request.headers.has(XSRF))
    return replay.request.headers.has(XSRF) ? 'an XSRF header is added' : null;
  return replay.request.headers.get(XSRF) === replay.xsrf ? null : 'the replay has a stale XSRF header';
}

function fingerprint(request: HttpRequest<unknown>): string {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- before 22, Angular has no other name for it
  const { method, urlWithParams, responseType, withCredentials, reportProgress, headers } = request;
  const names = headers.keys().filter((name) => !MAY_DIFFER.includes(name.toLowerCase()));
  const others = names.map((name) => `${name}: ${String(headers.getAll(name))}`).sort();
  return [method, urlWithParams, responseType, withCredentials, reportProgress, ...others].join('\n');
}
