/** The words around the tables of `docs/benchmark.md`. */
export const INTRODUCTION = [
  'This page shows what an interceptor costs and what it survives: ours, what people write by hand, and what they install. The command that measures also writes this page:',
  '```sh\nnpm run build\nnpm run bench            # all of it, about 25 minutes, writes this page\nnpm run bench -- --quick # under 4 minutes, prints the tables\n```',
  'A median stands first; eight of ten samples lie in the brackets.',
];

/** What the verdict on each scenario goes by. */
export const EXPECTED: Readonly<Record<string, string>> = {
  'six parallel 401s': 'one refresh, and all six succeed.',
  'a 401 that comes late':
    'a rejection of the old token that arrives after the refresh is replayed with the new token. A second refresh would spend the new token, and ends the session where refresh tokens rotate.',
  'a 401 for every token': 'one refresh, at most two sendings, and the caller gets the 401.',
  'the refresh is refused': 'one refresh, every caller gets an error, and whoever signs in next can work.',
  'the first caller leaves':
    'the refresh it started goes on, the others are replayed, and the next refresh works too.',
  'a refresh that answers at once':
    'one refresh, and the caller succeeds, also when the answer comes in the same turn.',
  'a refresh without a body': 'every caller gets an error, and whoever signs in next can work.',
  'a host that looks alike': '`https://api.example.com.evil.example` gets no token.',
  'two apps in one process':
    'each refreshes for itself, and no token of the one leaves with a request of the other. A server that renders for two users is such a process.',
  'the replay fails with 500': 'the caller gets the 500, and the session goes on without another refresh.',
  'another user signs in meanwhile':
    'the request of the first user is not sent as the second, and the second stays signed in.',
  'a token that has run out': 'one refresh, before or after a 401, and all six succeed.',
};

export const METHOD = [
  'Each adapter is bundled on its own as `ng build` would for production: linked, without development checks. It shares no compiled code with the others. The same bundles run in Node and in Chromium.',
  'The network is a backend that answers at once. It reads the headers of each request, as the real one must. So the figures are what the interceptor adds, not what a request takes: a real one takes milliseconds.',
  'A sample of cost is a fresh process, or page, with three bundles: bare HttpClient, the smallest gate, and the one that is measured. Batches of 500 requests take turns. A ratio is taken between batches that ran side by side, and the median of them is the sample.',
  'A sample of a storm is a fresh process with the smallest gate and the one that is measured; their storms take turns.',
  'Heap is what every storm of 10,000 leaves in one application, after garbage collection: the least of three.',
  'Before a figure counts, it is checked that the header was attached, or that none was.',
  'Each adapter is set up as the README of its package says, by an application that is signed in already. They lie in `bench/adapters`.',
];

export const CAVEATS = [
  'The authors of this library wrote the bench. It is short; read it, change it, and run it.',
  'A microsecond more or less in an interceptor is nothing to a user. It matters only that the library is not a reason to do without what it does.',
  'The eight features are those that this library set out to have. A login is not among them, nor roles, nor guards.',
  'Nobody sends 100,000 requests at once. The storm shows whether time and memory grow faster than the requests.',
  'The packages for OpenID Connect and axios do something else too: they sign in, or they are another client. Most are not made to heal a 401, and a dot in the scenarios is no fault.',
  'The smallest gate and the pasted one are our own version of a pattern that is found everywhere. Yours may be better.',
  'A peer that refreshes by a timer or through its identity server is not seen refreshing here, because that server is missing. What those refreshes are like is not judged.',
  'Axios answers through promises. Its requests are sent 500 at a time, and what is counted is the time until the last answer.',
  'Figures differ from one machine to another, and from day to day on one. The ratios differ less.',
];
