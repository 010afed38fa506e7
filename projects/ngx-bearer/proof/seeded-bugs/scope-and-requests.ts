import type { SeededBug } from './bug.ts';

/** Mistakes about where the token may go, and about the request itself. */
export const scopeAndRequests: readonly SeededBug[] = [
  {
    name: 'a path is matched by its first letters',
    breaks: ['I1'],
    patches: [
      {
        file: 'request/token-scope.ts',
        find: 'url.pathname === path || url.pathname.startsWith(`${path}/`)',
        replace: 'url.pathname.startsWith(path ?? "")',
      },
    ],
  },
  {
    name: 'an origin is matched by its first letters',
    breaks: ['I1'],
    patches: [
      {
        file: 'request/token-scope.ts',
        find: 'url.origin === (origin ?? ownOrigin)',
        replace: "url.origin.startsWith(origin ?? ownOrigin ?? '')",
      },
    ],
  },
  {
    name: 'a user in the URL does not matter',
    breaks: ['I1'],
    patches: [
      {
        file: 'request/token-scope.ts',
        find: ' || url.username || url.password) return false',
        replace: ') return false',
      },
    ],
  },
  {
    name: 'an encoded climb stays inside a path',
    breaks: ['I1'],
    patches: [{ file: 'request/token-scope.ts', find: ' && !CLIMBS.test(url.pathname)', replace: '' }],
  },
  {
    name: 'everything is in scope',
    breaks: ['I1'],
    patches: [
      {
        file: 'auth-interceptor.ts',
        find: 'mostSpecific(this.#sessions, request.urlWithParams)',
        replace: 'this.#sessions[0]',
      },
    ],
  },
  {
    name: "'skip' is overlooked",
    breaks: ['I23'],
    patches: [{ file: 'auth-interceptor.ts', find: "readAuth(request) === 'skip' || ", replace: '' }],
  },
  {
    name: "an Authorization header of the app's own is replaced",
    breaks: ['I23'],
    patches: [
      {
        file: 'request/bearer-header.ts',
        find: 'return headers.has(AUTHORIZATION) || (headerName !== AUTHORIZATION && headers.has(headerName));',
        replace: 'return false;',
      },
    ],
  },
  {
    name: "'required' is sent with nobody signed in",
    breaks: ['I26'],
    patches: [
      {
        file: 'auth-interceptor.ts',
        find: "!session.credential && readAuth(request) === 'required'",
        replace: 'false',
      },
    ],
  },
  {
    name: 'an object is serialised anew for the replay',
    breaks: ['I22'],
    patches: [
      {
        file: 'request/replay.ts',
        find: "return () => request.clone({ body: typeof sent === 'string' ? (parseBody(sent) as T) : copy });",
        replace: 'return () => request;',
      },
    ],
  },
  {
    name: 'the replay has the XSRF header of the first sending',
    breaks: ['I22'],
    patches: [
      {
        file: 'request/replay.ts',
        find: 'const token = replay.headers.has(header) && readXsrf(xsrf);',
        replace: 'const token = null;',
      },
    ],
  },
  {
    name: 'the headers of a rejected sending are delivered',
    breaks: ['I21'],
    patches: [{ file: 'request/withheld-events.ts', find: 'return !isFailing;', replace: 'return true;' }],
  },
  {
    name: 'a replay is rejected and sent a third time',
    breaks: ['I9'],
    patches: [
      {
        file: 'auth-interceptor.ts',
        find: 'if (rejected || !isOurs)',
        replace: 'if (!isOurs)',
      },
    ],
  },
  {
    name: 'a 403 counts as a rejection',
    breaks: ['I9'],
    patches: [
      {
        file: 'request/token-rejection.ts',
        find: 'error.status === 401 &&\n    !chall',
        replace: '[401, 403].includes(error.status) &&\n    !chall',
      },
    ],
  },
  {
    name: 'a lack of scope counts as a rejection',
    breaks: ['I16'],
    patches: [
      {
        file: 'request/token-rejection.ts',
        find: "'insufficient_scope',\n  STEP_UP,",
        replace: '',
      },
    ],
  },
  {
    name: 'a request that failed on the way is sent again',
    breaks: ['I9'],
    patches: [
      {
        file: 'request/token-rejection.ts',
        find: 'error.status === 401 &&\n    !chall',
        replace: '[0, 401].includes(error.status) &&\n    !chall',
      },
    ],
  },
  {
    name: 'a request that the server may have done is sent again',
    breaks: ['I10'],
    patches: [
      {
        file: 'request/token-rejection.ts',
        find: 'error.status === 401 &&\n    !chall',
        replace: '[500, 401].includes(error.status) &&\n    !chall',
      },
    ],
  },
  {
    name: 'a cancelled request runs on',
    breaks: ['I8'],
    patches: [
      {
        file: 'auth-interceptor.ts',
        find: 'return withhold(sending, request',
        replace: 'return withhold(sending.pipe(shareReplay(1)), request',
      },
      {
        file: 'auth-interceptor.ts',
        find: ' switchMap, throwError }',
        replace: ' shareReplay, switchMap, throwError }',
      },
    ],
  },
  {
    name: 'a rule for replays that throws means yes',
    breaks: ['I9'],
    patches: [{ file: 'request/safe-predicate.ts', find: 'return false;', replace: 'return true;' }],
  },
];
